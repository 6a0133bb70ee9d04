"""The process of the command: its streams, how a signal stops it, and that whatever it has begun ends with it.

A run may be killed at any moment and goes on from there (`flows.store`, `flows.publish.release`), so a signal need not unwind it: that
would lead through whatever library it is in, and some of these print traces, wait, or take the signal for an error of their own.
"""
from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import resource_tracker
from typing import NoReturn

STOPPED = 128   # and the number of the signal: how a shell tells that a signal ended a command
WAIT_SECONDS = 10
_command = 0                # the process that heeds them
_heard: list[int] = []      # signals, by number
_unwritten: list[str] = []
_ending: Callable[[], None] | None = None
_sentence: Callable[[int], str] | None = None


class _Open(io.FileIO):
    """A standard stream that can be written to whatever becomes of it. Where its reader has gone (`| head -1`), or what it leads to is
    full, the rest goes nowhere and the command goes on: the former is no fault, of the latter the command tells at its end."""

    def write(self, piece) -> int:  # type: ignore[no-untyped-def]
        try:
            return super().write(piece)
        except OSError as problem:
            if not isinstance(problem, BrokenPipeError):
                _unwritten.append(f"jianghua: cannot write all that there is to say: {problem.strerror}.\n")
            _nowhere(self.fileno())
            return super().write(piece)


def _nowhere(descriptor: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    if null != descriptor:
        os.dup2(null, descriptor)
        os.close(null)


def open_streams() -> None:
    """See that the three standard streams are there, and that writing to one whose reader has gone is no error.

    One that was closed (`>&-`) leads nowhere: else the next file that is opened, a database maybe, would get its number, and what is
    printed.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            _nowhere(descriptor)
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        before = getattr(sys, name)
        encoding, errors = (before.encoding, before.errors) if before is not None else ("utf-8", "replace")
        stream = io.TextIOWrapper(io.BufferedWriter(_Open(descriptor, "w", closefd=False)), encoding, errors,
                                  line_buffering=before is not None and before.line_buffering,
                                  write_through=before is not None and before.write_through)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def end(status: int) -> None:
    """End at once, without the half second that it takes to take apart what was imported. Where not all could be written that was to be
    said, that is said, and a status of 0 becomes 1."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    for line in _unwritten[:1]:
        with contextlib.suppress(OSError):
            os.write(2, line.encode())
    os._exit(status or len(_unwritten[:1]))


def heed_signals() -> None:
    """Let SIGINT (Ctrl-C) and SIGTERM end this process, the command's own, with one sentence and the status 128 + signal."""
    global _command
    _command = os.getpid()
    heed_signals_again()


def heed_signals_again() -> None:
    """The same after a library has set handlers of its own; nothing in a process that is not the command's."""
    if os.getpid() == _command:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)


def on_stop(ending: Callable[[], None], sentence: Callable[[int], str]) -> None:
    """What a signal has to do before it ends this process, and the line that it says then, given the exit status."""
    global _ending, _sentence
    _ending, _sentence = ending, sentence


def stopped() -> int | None:
    """The exit status where a signal was heard, and the process unwinds."""
    return STOPPED + _heard[0] if _heard else None


def _stop(number: int, frame: object) -> None:
    if os.getpid() != _command:
        os._exit(STOPPED + number)      # a process that was forked from it, and has not set handlers of its own yet
    from flows import prefect_home

    _heard.append(number)
    if _ending is not None:
        with contextlib.suppress(Exception):
            _ending()
    if not prefect_home.has_server() or len(_heard) > 1:
        _end()
    # A server that outlives the run is to hear that the run has crashed: Prefect tells it while it unwinds. What else is said meanwhile,
    # of threads that lost their worker, is no news; and a server that does not answer is not waited for.
    sys.unraisablehook = threading.excepthook = lambda _: None      # type: ignore[assignment]
    patience = threading.Timer(WAIT_SECONDS, _end)
    patience.daemon = True
    patience.start()
    raise KeyboardInterrupt


def _end() -> NoReturn:
    """Say the sentence and end. It is written past Python's streams: the signal may have come while one of them was being written to."""
    status = STOPPED + _heard[0]
    line = _sentence(status) if _sentence is not None else "jianghua: stopped.\n"
    with contextlib.suppress(OSError):
        os.write(2, line.encode())
    os._exit(status)


@contextlib.contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """The environment of processes that are started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """Processes begun meanwhile never hear Ctrl-C, which goes to all of a terminal: the command hears it, and they end with it.

    The mask is inherited, so that there is no moment in which they hear it; the command itself hears it afterwards.
    """
    with environment({"PYTHONWARNINGS": "ignore"}):     # else it would warn of all that a run leaves to it which ends at once
        resource_tracker.ensure_running()   # here, since it would take the mask away
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent(number: int = signal.SIGKILL) -> None:
    """Ask Linux to end this process by a signal when its parent ends, however that is; even one that is in the midst of a long match, which
    no thread of its own can end. Elsewhere nothing is asked."""
    with contextlib.suppress(OSError, AttributeError, ImportError):
        import ctypes

        ctypes.CDLL(None).prctl(1, int(number))
