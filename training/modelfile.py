"""Writes the model file that engine and gateway read; its grammar stands in MaoTrade.Market/Models/ModelFile.cs and TreeReader.cs."""

import hashlib
import json
import struct

import ensembles


def write(path, header, described):
    """Writes header and trees; `described` has (base, trees, library, parameters) by kind."""
    body = bytearray()
    header["ensembles"] = []
    for kind, (base, trees, library, parameters) in described.items():
        for tree in trees:
            for node in tree:
                body += struct.pack("<Bd", 0, node[0]) if len(node) == 1 else struct.pack("<BBd", 2 if node[2] else 1, node[0], node[1])
        header["ensembles"].append(
            {
                "kind": kind,
                "weight": ensembles.WEIGHTS[kind],
                "base": base,
                "trees": len(trees),
                "nodes": sum(len(tree) for tree in trees),
                "depth": max(ensembles.depth(tree) for tree in trees),
                "library": library,
                "parameters": parameters,
            }
        )
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    content = b"MAOMODEL" + struct.pack("<II", 1, len(text)) + text + body
    with open(path, "wb") as file:
        file.write(content + hashlib.sha256(content).digest())


def features_digest(names):
    """Digest of the names in their order."""
    return hashlib.sha256("".join(name + "\n" for name in names).encode()).hexdigest()
