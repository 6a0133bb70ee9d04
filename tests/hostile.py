"""What guards against work that grows with the square of a text or by backtracking: the text is so long that such work takes hours."""
import pytest

ends = pytest.mark.timeout(60)      # no bound for the work, which takes a second or two: only tells hours from it
