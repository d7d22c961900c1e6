"""What a command says to a shell: its words, whole, and what was wrong with a file or a disk."""

from __future__ import annotations

import os
import sys


def say(words: bytes) -> None:
    """Print as it is, whatever the terminal is set to.

    Who has read enough and closed the pipe has lost nothing: the exit status is still the answer.
    """
    try:
        sys.stdout.buffer.write(words)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def of_a_file(error: OSError) -> str:
    """What hindered reading or writing, as a sentence that names the file and quotes nothing."""
    if error.filename is None:  # a full disk names no file
        return "The file could not be written whole: is there room on the disk?"
    if isinstance(error, FileNotFoundError):
        return f"{error.filename}: there is no such file or folder."
    return f"{error.filename}: the file cannot be read or written."


def broke(error: Exception) -> str:
    """What nobody foresaw, by its kind alone: its message may quote a row or a password."""
    kind = type(error).__name__
    return f"Candor broke ({kind}), and nothing was kept. Please report this."
