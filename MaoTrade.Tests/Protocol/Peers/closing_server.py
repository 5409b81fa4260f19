"""A server that answers one request per connection and closes.

usage: closing_server.py plain|terminated|payload|payload-after-04|empty-marker|short     prints its port, then each request
"""
import json
import socket
import sys

MARKER = b"\x00\xffmtbinary\x00\xff"
PAYLOAD = bytes(range(256)) * 300


def reply(kind, request):
    plain = json.dumps({"code": 0, "message": "è fatto", "data": {"service": request["service"]}}, ensure_ascii=False).encode("utf-8")
    announced = json.dumps({"code": 0, "message": "", "data": {"binary_transfer": True}}).encode("utf-8")
    size = len(PAYLOAD).to_bytes(4, "big")
    return {
        "plain": plain,
        "terminated": plain + b"\x04",
        "payload": announced + MARKER + size + PAYLOAD,
        "payload-after-04": announced + b"\x04" + MARKER + size + PAYLOAD,
        "empty-marker": plain + MARKER + b"\x00\x00\x00\x00",
        "short": announced + MARKER + size + PAYLOAD[:-1],
    }[kind]


def main():
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            peer, _ = server.accept()
            with peer:
                received = b""
                while b"\x04" not in received:
                    piece = peer.recv(4096)
                    if not piece:
                        break
                    received += piece
                if b"\x04" in received:
                    text = received[: received.index(b"\x04")].decode("utf-8")
                    print(text, flush=True)
                    peer.sendall(reply(sys.argv[1], json.loads(text)))


main()
