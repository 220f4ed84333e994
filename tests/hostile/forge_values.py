# hands in what no `submit` would write: other questions, odd numbers, depth, size, binary
# ends: done
import json
import os

with open(os.environ["BUUCHINH_RESULTS"], "ab") as file:
    file.write(b'{"id": "bt90-q1", "answer": {"x": 1}}\n')
    file.write(b'{"id": "bt90-q4", "answer": {"tong": NaN}}\n')
    file.write(b'{"id": "bt90-q4", "answer": {"tong": 1e999}}\n')
    file.write(b'{"id": "bt90-q4", "answer": {"tong": ' + b"9" * 4000 + b"}}\n")
    file.write(b'{"id": "bt90-q4", "answer": {"tong": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}\n")
    file.write(b'{"id": "bt90-q4", "answer": {"diem": 1, "fraction": 1, "score": 5}}\n')
    file.write(json.dumps({"id": "bt90-q4", "answer": {"tong": "\ud800"}}).encode() + b"\n")
    file.write(b"\x80\x04\x95\x1f\x00\x00\x00\x8c\x08builtins\x94\x8c\x04eval\x94\x93\n")
