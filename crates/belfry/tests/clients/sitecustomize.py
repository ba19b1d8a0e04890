"""Resolves `*.localhost` to loopback (RFC 6761 §6.3), which glibc does not.

Python imports this module by itself when its folder is on PYTHONPATH, so that the clients
under test stay unmodified.
"""

import socket

_getaddrinfo = socket.getaddrinfo


def _resolve(host, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and (name == "localhost" or name.endswith(".localhost")):
        host = "127.0.0.1"
    return _getaddrinfo(host, *args, **kwargs)


socket.getaddrinfo = _resolve
