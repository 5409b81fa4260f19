"""The gateway as its owner first described it: FastAPI, a token check and a user's row on every request, one TCP connection per engine call.

Written from the description alone, by its ordinary means: PyJWT, sqlite3 in a thread, logging to a file, asyncio streams.
Settings come from the environment: PEER_KEY, PEER_DATABASE, PEER_LOG, PEER_ENGINE_PORT.
"""
import asyncio
import json
import logging
import os
import sqlite3
import struct
import time
import uuid

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

DELIMITER = b"\x00\xFFmtbinary\x00\xFF"
MAX_REPLY = 1024 * 1024
ENGINE_TIMEOUT = 15.0

with open(os.environ["PEER_KEY"], encoding="ascii") as file:
    KEY = file.read()
DATABASE = os.environ["PEER_DATABASE"]
ENGINE_PORT = int(os.environ["PEER_ENGINE_PORT"])

log = logging.getLogger("gateway")
log.setLevel(logging.INFO)
handler = logging.FileHandler(os.environ["PEER_LOG"])
handler.setFormatter(logging.Formatter("[%(asctime)s] [%(levelname)-8s] [%(module)s] %(message)s"))
log.addHandler(handler)
log.propagate = False

app = FastAPI(openapi_url=None)


class ResponseModel(BaseModel):
    code: int = 0
    message: str = ""
    data: dict | None = None


@app.middleware("http")
async def log_requests(request: Request, call_next):
    started = time.perf_counter()
    request_id = uuid.uuid4().hex[:10]
    log.info("-> %s %s %s", request_id, request.method, request.url.path)
    response = await call_next(request)
    log.info("<- %s %s %d ms", request_id, response.status_code, int((time.perf_counter() - started) * 1000))
    return response


def read_user(user_id: str):
    with sqlite3.connect(DATABASE) as database:
        return database.execute(
            "SELECT id, userid, displayname, email, valido, stato, admin FROM mtrace_users WHERE userid = ?", (user_id,)
        ).fetchone()


async def check_user(authorization: str = Header()):
    try:
        token = jwt.decode(authorization.removeprefix("Bearer "), KEY, algorithms=["ES256"], audience="maoapi", issuer="maotrade")
    except jwt.InvalidTokenError as error:
        raise HTTPException(status_code=401, detail="token") from error
    user = await run_in_threadpool(read_user, token["sub"])
    if user is None or user[5] != 1:
        raise HTTPException(status_code=403, detail="inactive")
    return user


class MTProxy:
    async def send(self, host: str, port: int, message: dict) -> dict:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), ENGINE_TIMEOUT)
        try:
            writer.write(json.dumps(message).encode() + struct.pack("<B", 4))
            await writer.drain()
            buffer = bytearray()
            while len(buffer) < MAX_REPLY:
                chunk = await asyncio.wait_for(reader.read(4096), ENGINE_TIMEOUT)
                if not chunk:
                    break
                buffer.extend(chunk)
                if buffer.find(DELIMITER) != -1:
                    break
            return json.loads(bytes(buffer).rstrip(b"\x04").decode())
        finally:
            writer.close()


@app.get("/clientmt/portfolio", response_model=ResponseModel)
async def portfolio(accountId: str, _=Depends(check_user)):
    reply = await MTProxy().send("127.0.0.1", ENGINE_PORT, {"service": 2, "data": {"srvId": 3}})
    return ResponseModel(
        code=reply["code"],
        message=reply["message"],
        data={"accounts": [{"accountId": accountId, "code": reply["code"], "message": reply["message"], "portfolio": reply["data"]}]},
    )
