"""A client that sends one request per connection and reads until the marker or the end of the stream.

usage: one_request_client.py PORT JSON     prints the reply's JSON, then the length and CRC-32 of its payload
"""
import json
import socket
import sys
import zlib

MARKER = bytes.fromhex("00FF") + b"mtbinary" + bytes.fromhex("00FF")


def main():
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=15) as peer:
        peer.sendall(sys.argv[2].encode("utf-8") + b"\x04")
        received = b""
        while MARKER not in received:
            piece = peer.recv(4096)
            if not piece:
                break
            received += piece
        text, found, rest = received.partition(MARKER)
        reply = json.loads(text.rstrip(b"\x04").decode("utf-8"))
        print(json.dumps(reply, separators=(",", ":"), ensure_ascii=False))
        if found:
            while len(rest) < 4:
                rest += peer.recv(4 - len(rest))
            size = int.from_bytes(rest[:4], "big")
            payload = rest[4:]
            while len(payload) < size:
                piece = peer.recv(min(65536, size - len(payload)))
                if not piece:
                    sys.exit("payload ended after %d of %d bytes" % (len(payload), size))
                payload += piece
            print(size, zlib.crc32(payload))


main()
