"""Why a system cannot read or write something, in both languages."""

from __future__ import annotations

import errno

from turnout.language import Text

_REASONS = {
    errno.EPIPE: Text(en="Broken pipe", id="yang membaca keluaran ini sudah berhenti"),
    errno.ENOSPC: Text(en="No space left on device", id="ruang penyimpanan penuh"),
    errno.EACCES: Text(en="Permission denied", id="tidak ada izin"),
    errno.EPERM: Text(en="Operation not permitted", id="tidak diizinkan"),
    errno.ENOENT: Text(en="No such file or directory", id="berkas atau folder tidak ada"),
    errno.EROFS: Text(en="Read-only file system", id="hanya dapat dibaca"),
    errno.EADDRINUSE: Text(en="Address already in use", id="alamat sudah dipakai program lain"),
}


def reason_of(error: Exception) -> Text | str:
    """Return what a system says is wrong; in Indonesian where it is one of the usual reasons.

    >>> reason_of(OSError(errno.EPIPE, "Broken pipe")).say("id")
    'yang membaca keluaran ini sudah berhenti'
    >>> reason_of(ValueError("embedded null byte"))
    'embedded null byte'
    """
    if isinstance(error, OSError) and error.errno in _REASONS:
        return _REASONS[error.errno]
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
