"""Answers POST /predict by asking the model service, over one connection for all requests."""

import json
import os
import uuid
from collections import OrderedDict
from functools import cache

import grpc
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from google.protobuf.proto_builder import MakeSimpleProtoClass

ADDRESS = os.environ.get("MODEL_SERVICE_ADDRESS", "127.0.0.1:50051")
TIMEOUT = float(os.environ.get("MODEL_SERVICE_TIMEOUT", "10"))
STATUS = {"INVALID_ARGUMENT": 422, "NOT_FOUND": 404, "RESOURCE_EXHAUSTED": 429}
STATUS |= {"UNAVAILABLE": 503, "DEADLINE_EXCEEDED": 504}
# Fields 1 to 5 of anops.proto, of what is asked and answered: 9 is text, 12 is not read.
FIELDS = OrderedDict(data=9, rows=12, version=9, trace_id=9, request_id=9)
Message = MakeSimpleProtoClass(FIELDS)
app = FastAPI(title="api-service")


@cache
def connect() -> grpc.aio.Channel:
    """The one connection, opened with the first request."""
    return grpc.aio.insecure_channel(ADDRESS)


def refuse(status: int, **error: object) -> JSONResponse:
    """The one form of every error."""
    headers = {"Retry-After": "1"} if status in (429, 503) else None
    return JSONResponse({"error": error}, status, headers)


def refuse_as(error: grpc.aio.AioRpcError) -> JSONResponse:
    """The code and details of the model service, under the status of HTTP."""
    said = {key: value for key, value in error.trailing_metadata() or ()}
    status = STATUS.get(error.code().name, 500)
    more = json.loads(said.get("coaia-error-bin", b"{}"))
    more = {key: more[key] for key in ("hint", "details") if key in more}
    code = said.get("coaia-code", {503: "AO452", 504: "AO454"}.get(status, "AO450"))
    return refuse(status, code=code, message=error.details(), **more)


@app.post("/predict")
async def predict(request: Request) -> JSONResponse:
    """A row or a list of rows in, predictions out."""
    name = request.headers.get("x-request-id") or str(uuid.uuid4())
    trace = [("traceparent", value) for value in request.headers.getlist("traceparent")]
    form = (Message.SerializeToString, Message.FromString)
    ask = connect().unary_unary("/anops.AnOps/Predict", *form)
    try:
        rows = json.dumps(json.loads(await request.body()))
        asked = Message(data=rows, request_id=name)
        answer = await ask(asked, timeout=TIMEOUT, metadata=trace)
    except ValueError as error:
        return refuse(400, code="AO410", message=f"The body is not JSON: {error}")
    except grpc.aio.AioRpcError as error:
        return refuse_as(error)
    outputs = json.loads(answer.data)
    found = [unwrap(row) for row in (outputs if type(outputs) is list else [outputs])]
    said = {"version": answer.version, "trace_id": answer.trace_id}
    return JSONResponse({"predictions": found, "request_id": name, **said})


def unwrap(row: dict) -> object:
    """The value itself where a model has one output."""
    value, *others = row.values()
    return row if others or "probability" in row else value


@app.get("/health")
async def health() -> JSONResponse:
    """Healthy when the model service says so."""
    try:
        ask = connect().unary_unary("/grpc.health.v1.Health/Check")
        is_serving = await ask(b"", timeout=2) == b"\x08\x01"
    except grpc.aio.AioRpcError as error:
        return refuse_as(error)
    if is_serving:
        return JSONResponse({"status": "ok"})
    return refuse(503, code="AO452", message="The model service loads no model.")
