"""A server of the Open Inference Protocol without a line of ours, on Debian's grpcio.

Arguments: descriptor set of inference.proto. Serves `add` in version 3 and `nameless` without versions: one input
`x` FP64 [-1, 2], output `sum`. Prints its port.
"""

import struct
import sys
from concurrent import futures

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

with open(sys.argv[1], "rb") as stream:
    files = descriptor_pb2.FileDescriptorSet.FromString(stream.read()).file
pool = descriptor_pool.DescriptorPool()
for file in files:
    pool.Add(file)
factory = message_factory.MessageFactory(pool)
SERVICE = "inference.GRPCInferenceService"


def tensor(name, shape):
    return {"name": name, "datatype": "FP64", "shape": shape}


def metadata(request, context, response):
    if request.name not in ("add", "nameless") or (request.name == "nameless" and request.version != ""):
        context.abort(grpc.StatusCode.NOT_FOUND, "Request for unknown model: 'none' is not found")
    versions = ["3"] if request.name == "add" else []
    return response(name=request.name, versions=versions, platform="test_add", inputs=[tensor("x", [-1, 2])], outputs=[tensor("sum", [-1])])


def infer(request, context, response):
    if request.model_version != ("3" if request.model_name == "add" else ""):
        context.abort(grpc.StatusCode.NOT_FOUND, "no such version")
    rows = request.inputs[0].shape[0]
    values = struct.unpack(f"<{rows * 2}d", request.raw_input_contents[0])
    sums = [values[2 * row] + values[2 * row + 1] for row in range(rows)]
    if -1.0 in sums:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, "negative")
    if -2.0 in sums:
        raise RuntimeError("Traceback: secret line of code")
    if -3.0 in sums:
        context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "queue is full")
    out = tensor("sum", [rows])
    answer = {"model_name": "add", "model_version": "3", "id": request.id}
    if -4.0 in sums:
        return response(outputs=[tensor("sum", [rows + 1])], raw_output_contents=[b"\0" * 8 * (rows + 1)], **answer)
    if -5.0 in sums:
        sums = [float(rows)] * rows
    if 7.5 in sums:
        return response(outputs=[{**out, "contents": {"fp64_contents": sums}}], **answer)
    return response(outputs=[out], raw_output_contents=[struct.pack(f"<{rows}d", *sums)], **answer)


def live(request, context, response):
    return response(live=True)


def ready(request, context, response):
    return response(ready=request.name == "add" and request.version == "3")


handlers = {}
for name, handle in {"ServerLive": live, "ModelReady": ready, "ModelMetadata": metadata, "ModelInfer": infer}.items():
    method = pool.FindServiceByName(SERVICE).FindMethodByName(name)
    response = factory.GetPrototype(method.output_type)
    handlers[name] = grpc.unary_unary_rpc_method_handler(
        lambda request, context, handle=handle, response=response: handle(request, context, response),
        request_deserializer=factory.GetPrototype(method.input_type).FromString,
        response_serializer=response.SerializeToString,
    )
server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0)
