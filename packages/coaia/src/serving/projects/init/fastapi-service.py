"""Answers POST /predict by asking the model service, over one connection for all requests."""

import asyncio
import json
import os
import uuid
from functools import lru_cache

import grpc
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ADDRESS = os.environ.get("MODEL_SERVICE_ADDRESS", "127.0.0.1:50051")
TIMEOUT = float(os.environ.get("MODEL_SERVICE_TIMEOUT", "10"))
STATUS = {
    grpc.StatusCode.INVALID_ARGUMENT: (422, "AO422"),
    grpc.StatusCode.NOT_FOUND: (404, "AO404"),
    grpc.StatusCode.RESOURCE_EXHAUSTED: (429, "AO429"),
    grpc.StatusCode.UNAVAILABLE: (503, "AO452"),
    grpc.StatusCode.DEADLINE_EXCEEDED: (504, "AO454"),
}
FIELDS = {
    "PredictRequest": {"input_data": 1, "request_id": 5},
    "PredictResponse": {"output_data": 1, "model_version": 3, "trace_id": 4},
}

app = FastAPI(title="api-service")


def load_messages():
    """Request and response of anops.proto as far as they are used here, without generated code."""
    file = descriptor_pb2.FileDescriptorProto(
        name="anops_api.proto", package="anops", syntax="proto3"
    )
    for name, members in FIELDS.items():
        message = file.message_type.add(name=name)
        for member, number in members.items():
            message.field.add(name=member, number=number, type=9, label=1)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    make = getattr(message_factory, "GetMessageClass", None)
    make = make or message_factory.MessageFactory(pool).GetPrototype
    return [make(pool.FindMessageTypeByName(f"anops.{name}")) for name in FIELDS]


PredictRequest, PredictResponse = load_messages()


@lru_cache(maxsize=1)
def connect():
    """The one connection, opened with the first request."""
    channel = grpc.aio.insecure_channel(ADDRESS)
    return channel, channel.unary_unary(
        "/anops.AnOps/Predict",
        request_serializer=PredictRequest.SerializeToString,
        response_deserializer=PredictResponse.FromString,
    )


def refuse(
    status: int, code: str, message: str, details: object = None
) -> JSONResponse:
    """The one form of every error."""
    body = {"error": {"code": code, "message": message}}
    if details is not None:
        body["error"]["details"] = details
    headers = {"Retry-After": "1"} if status in (429, 503) else None
    return JSONResponse(body, status_code=status, headers=headers)


def refuse_as(error: grpc.aio.AioRpcError) -> JSONResponse:
    """The model service's own code and details, under the status of HTTP."""
    more = {key: value for key, value in error.trailing_metadata() or ()}
    status, code = STATUS.get(error.code(), (500, "AO450"))
    details = json.loads(more.get("coaia-error-bin", b"{}")).get("details")
    return refuse(status, more.get("coaia-code", code), error.details() or "", details)


def unwrap(row: dict) -> object:
    """The value itself where a model has one output."""
    [*values] = row.values()
    return values[0] if len(values) == 1 and "probability" not in row else row


@app.post("/predict")
async def predict(request: Request) -> JSONResponse:
    """A row or a list of rows in, predictions out."""
    try:
        rows = json.loads(await request.body())
    except ValueError as error:
        return refuse(400, "AO410", f"The body is not JSON: {error}")
    request_id = request.headers.get("x-request-id") or str(uuid.uuid4())
    trace = (
        request.headers.get("traceparent")
        or f"00-{uuid.uuid4().hex}-{uuid.uuid4().hex[:16]}-01"
    )
    message = PredictRequest(input_data=json.dumps(rows), request_id=request_id)
    try:
        answer = await connect()[1](
            message, timeout=TIMEOUT, metadata=[("traceparent", trace)]
        )
    except grpc.aio.AioRpcError as error:
        return refuse_as(error)
    outputs = json.loads(answer.output_data)
    return JSONResponse(
        {
            "predictions": [
                unwrap(row)
                for row in (outputs if isinstance(outputs, list) else [outputs])
            ],
            "version": answer.model_version,
            "request_id": request_id,
            "trace_id": answer.trace_id or trace.split("-")[1],
        }
    )


@app.get("/health")
async def health() -> JSONResponse:
    """Healthy when the model service can be reached."""
    ready = asyncio.ensure_future(connect()[0].channel_ready())
    done, _ = await asyncio.wait({ready}, timeout=2)
    if not done:
        ready.cancel()
        return refuse(
            503, "AO452", f"The model service at {ADDRESS} cannot be reached."
        )
    return JSONResponse({"status": "ok"})
