"""Answers POST /predict by asking the model service, over one connection for all requests."""

import asyncio
import json
import os
import uuid
from functools import cache

import grpc
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ADDRESS = os.environ.get("MODEL_SERVICE_ADDRESS", "127.0.0.1:50051")
TIMEOUT = float(os.environ.get("MODEL_SERVICE_TIMEOUT", "10"))
STATUS = {
    "INVALID_ARGUMENT": (422, "AO422"),
    "NOT_FOUND": (404, "AO404"),
    "RESOURCE_EXHAUSTED": (429, "AO429"),
    "UNAVAILABLE": (503, "AO452"),
    "DEADLINE_EXCEEDED": (504, "AO454"),
}
app = FastAPI(title="api-service")


def make_message(name: str, **fields: int):
    """A message of anops.proto, as far as it is used here: fields of text."""
    file = descriptor_pb2.FileDescriptorProto(name=name, syntax="proto3")
    message = file.message_type.add(name=name)
    for field, number in fields.items():
        message.field.add(name=field, number=number, type=9, label=1)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    make = getattr(message_factory, "GetMessageClass", None)
    make = make or message_factory.MessageFactory(pool).GetPrototype
    return make(pool.FindMessageTypeByName(name))


Asked = make_message("PredictRequest", input_data=1, request_id=5)
Answered = make_message("PredictResponse", output_data=1, model_version=3, trace_id=4)


@cache
def connect():
    """The one connection, opened with the first request."""
    channel = grpc.aio.insecure_channel(ADDRESS)
    names = ("/anops.AnOps/Predict", Asked.SerializeToString, Answered.FromString)
    return channel, channel.unary_unary(*names)


def refuse(code: str, message: str, status: int = 500, **more: object) -> JSONResponse:
    """The one form of every error."""
    headers = {"Retry-After": "1"} if status in (429, 503) else None
    body = {"error": {"code": code, "message": message, **more}}
    return JSONResponse(body, status, headers)


def refuse_as(error: grpc.aio.AioRpcError) -> JSONResponse:
    """The code and details of the model service, under the status of HTTP."""
    said = {key: value for key, value in error.trailing_metadata() or ()}
    status, code = STATUS.get(error.code().name, (500, "AO450"))
    more = json.loads(said.get("coaia-error-bin", b"{}"))
    more = {"details": more["details"]} if "details" in more else {}
    return refuse(said.get("coaia-code", code), error.details() or "", status, **more)


@app.post("/predict")
async def predict(request: Request) -> JSONResponse:
    """A row or a list of rows in, predictions out."""
    try:
        rows = json.loads(await request.body())
    except ValueError as error:
        return refuse("AO410", f"The body is not JSON: {error}", 400)
    name = request.headers.get("x-request-id") or str(uuid.uuid4())
    ids = f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-01"
    trace = [("traceparent", request.headers.get("traceparent") or ids)]
    try:
        asked = Asked(input_data=json.dumps(rows), request_id=name)
        answer = await connect()[1](asked, timeout=TIMEOUT, metadata=trace)
    except grpc.aio.AioRpcError as error:
        return refuse_as(error)
    outputs = json.loads(answer.output_data)
    found = [unwrap(row) for row in (outputs if type(outputs) is list else [outputs])]
    said = {"version": answer.model_version, "trace_id": answer.trace_id}
    return JSONResponse({"predictions": found, "request_id": name, **said})


def unwrap(row: dict) -> object:
    """The value itself where a model has one output."""
    [*values] = row.values()
    return values[0] if len(values) == 1 and "probability" not in row else row


@app.get("/health")
async def health() -> JSONResponse:
    """Healthy when the model service can be reached."""
    ready = asyncio.ensure_future(connect()[0].channel_ready())
    done, _ = await asyncio.wait({ready}, timeout=2)
    if not done:
        ready.cancel()
        return refuse("AO452", f"No model service answers at {ADDRESS}.", 503)
    return JSONResponse({"status": "ok"})
