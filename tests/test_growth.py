"""Work that grows with the square of its text is told from work that grows with the text."""
from tests.growth import is_linear


def test_the_square_is_told_from_the_length():
    assert is_linear(lambda text: sum(1 for _ in text), lambda length: "讲" * length, 200_000)
    assert not is_linear(lambda text: [text[place:].count("话") for place in range(len(text))], lambda length: "讲" * length, 12_000)
