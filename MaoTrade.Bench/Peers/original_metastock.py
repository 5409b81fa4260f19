"""The original's way to Metastock rows: one file, a search by halves on the date, pages of 2,000 records, one record after
the other unpacked and converted in plain Python.

A line "<seconds> <records>" on standard input runs reads of so many records up to random dates for about that long;
the answer is "<records read> <seconds taken>".
"""
import datetime
import os
import random
import struct
import sys
import time

PAGE = 2000
RECORD = struct.Struct("<7I")


class Frame:
    __slots__ = ("date", "open", "high", "low", "close", "volume", "open_interest")

    def __init__(self, date, open_, high, low, close, volume, open_interest):
        self.date = date
        self.open = open_
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
        self.open_interest = open_interest


def from_mbf(stored):
    exponent = stored >> 24
    if exponent == 0:
        return 0.0
    value = (0x800000 | stored & 0x7FFFFF) * 2.0 ** (exponent - 152)
    return -value if stored & 0x800000 else value


def from_date(stored):
    number = int(from_mbf(stored))
    return datetime.date(1900 + number // 10000, number // 100 % 100, number % 100)


def parse(data, offset=0):
    date, open_, high, low, close, volume, interest = RECORD.unpack_from(data, offset)
    return Frame(from_date(date), from_mbf(open_), from_mbf(high), from_mbf(low), from_mbf(close), from_mbf(volume), from_mbf(interest))


def read_to_date(path, to_date, total):
    with open(path, "rb") as file:
        records = file.seek(0, os.SEEK_END) // RECORD.size - 1
        begin, end, found = 1, records, 1
        while begin <= end:
            middle = begin + (end - begin) // 2
            file.seek(middle * RECORD.size)
            date = parse(file.read(RECORD.size)).date
            if date <= to_date:
                found, begin = middle, middle + 1
            else:
                end = middle - 1
        first = max(1, found - total + 1)
        left = found - first + 1
        file.seek(first * RECORD.size)
        frames = []
        while left > 0:
            count = min(PAGE, left)
            data = file.read(count * RECORD.size)
            frames += [parse(data, i * RECORD.size) for i in range(count)]
            left -= count
        return frames


def main(path, first, last):
    first, last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    days = (last - first).days
    draw = random.Random(1)
    for line in sys.stdin:
        seconds, total = line.split()
        started = time.perf_counter()
        amount = 0
        while True:
            amount += len(read_to_date(path, first + datetime.timedelta(draw.randint(int(total), days)), int(total)))
            taken = time.perf_counter() - started
            if taken >= float(seconds):
                break
        print(amount, taken, flush=True)


main(*sys.argv[1:])
