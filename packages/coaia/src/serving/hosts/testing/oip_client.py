"""Calls every rpc of a host with Debian's grpcio. Arguments: address, reflection descriptor set. Prints JSON.

Only the reflection messages come from a file; all other descriptors are those that the host hands out.
"""

import json
import struct
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

address, set_file = sys.argv[1:]
channel = grpc.insecure_channel(address)


def pool_of(files):
    pool = descriptor_pool.DescriptorPool()
    for file in files:
        pool.Add(file)
    return pool, message_factory.MessageFactory(pool)


def reflect(version):
    with open(set_file, "rb") as stream:
        files = descriptor_pb2.FileDescriptorSet.FromString(stream.read()).file
    pool, factory = pool_of(files)
    name = f"grpc.reflection.{version}.ServerReflection"
    method = pool.FindServiceByName(name).methods[0]
    request = factory.GetPrototype(method.input_type)
    response = factory.GetPrototype(method.output_type)
    call = channel.stream_stream(
        f"/{name}/{method.name}", request_serializer=request.SerializeToString, response_deserializer=response.FromString
    )
    (listed,) = call(iter([request(list_services="")]))
    names = [service.name for service in listed.list_services_response.service]
    answers = call(iter([request(file_containing_symbol=name) for name in names]))
    found = {}
    for answer in answers:
        for raw in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(raw)
            found[file.name] = file
    lost, = call(iter([request(file_containing_symbol="no.such.Thing")]))
    return sorted(names), found, lost.error_response.error_code


services, found, lost = reflect("v1alpha")
assert (services, sorted(found), lost) == (reflect("v1")[0], sorted(reflect("v1")[1]), reflect("v1")[2])
pool, factory = pool_of(found.values())


def stub(service, name):
    method = pool.FindServiceByName(service).FindMethodByName(name)
    request = factory.GetPrototype(method.input_type)
    response = factory.GetPrototype(method.output_type)
    kind = {"ModelStreamInfer": channel.stream_stream, "Watch": channel.unary_stream}.get(name, channel.unary_unary)
    call = kind(
        f"/{service}/{name}",
        request_serializer=request.SerializeToString,
        response_deserializer=response.FromString,
    )
    return request, call


parameter = factory.GetPrototype(pool.FindMessageTypeByName("inference.InferParameter"))
OIP = "inference.GRPCInferenceService"


def ask(service, rpc, /, metadata=None, timeout=10, **values):
    request, call = stub(service, rpc)
    return call(request(**values), metadata=metadata, timeout=timeout)


def refused(service, rpc, /, **values):
    try:
        ask(service, rpc, **values)
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata())
        return {"code": error.code().name, "text": error.details(), "own": trailers.get("coaia-code")}
    return None


def tensors(raw, totals=(10.0, 20.0)):
    rows = len(totals)
    inputs = []
    for name in "abcd":
        tensor = {"name": name, "datatype": "FP64", "shape": [rows]}
        if not raw:
            tensor["contents"] = {"fp64_contents": [total / 4 for total in totals]}
        inputs.append(tensor)
    columns = [struct.pack(f"<{rows}d", *[total / 4 for total in totals]) for _ in "abcd"]
    return {"inputs": inputs, **({"raw_input_contents": columns} if raw else {})}


def infer(**values):
    response = ask(OIP, "ModelInfer", model_name="sum", **values)
    out = response.outputs[0]
    raw = [list(struct.unpack(f"<{out.shape[0]}d", data)) for data in response.raw_output_contents]
    return {
        "id": response.id,
        "version": response.model_version,
        "shape": list(out.shape),
        "typed": list(out.contents.fp64_contents),
        "raw": raw,
        "timed": sorted(response.parameters),
    }


result = {"services": services, "files": sorted(found), "lost": lost}
result["live"] = ask(OIP, "ServerLive").live
result["ready"] = ask(OIP, "ServerReady").ready
result["model ready"] = ask(OIP, "ModelReady", name="sum", version="1").ready
server = ask(OIP, "ServerMetadata")
result["server"] = [server.name, list(server.extensions)]
model = ask(OIP, "ModelMetadata", name="sum")
result["model"] = [model.name, list(model.versions), [[t.name, t.datatype, list(t.shape)] for t in model.inputs], dict(model.properties)]
asked = ask(OIP, "ModelMetadata", metadata=(("coaia-properties", "1"),), name="sum")
result["properties"] = sorted(asked.properties)
result["typed"] = infer(id="r7", **tensors(False))
result["raw"] = infer(id="r8", **tensors(True))
result["wide"] = infer(inputs=[{"name": "x", "datatype": "FP32", "shape": [1, 4], "contents": {"fp32_contents": [1, 2, 3, 4]}}])
request, call = stub(OIP, "ModelStreamInfer")
stream = (request(model_name="sum", id=str(n), **tensors(True, [float(n)])) for n in range(5))
result["stream"] = [[r.id, struct.unpack("<d", r.raw_output_contents[0])[0]] for r in call(stream, timeout=10)]
result["index"] = [[m.name, m.version, m.state, m.reason] for m in ask(OIP, "RepositoryIndex").models]
loaded = ask(OIP, "RepositoryModelLoad", model_name="sum", parameters={"version": parameter(string_param="2")})
result["load"] = [loaded.model_name, loaded.isLoaded]
result["loaded"] = [[m.version, m.state] for m in ask(OIP, "RepositoryIndex", ready=True).models]
unloaded = ask(OIP, "RepositoryModelUnload", repository_name="sum", parameters={"version": parameter(string_param="2")})
result["unload"] = [unloaded.model_name, unloaded.isUnloaded]
text = ask("anops.AnOps", "Predict", model="sum", input_data='{"a": 1, "b": 2, "c": 3, "d": 4}', metadata=(("traceparent", "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"),))
result["anops text"] = [json.loads(text.output_data), text.model_version, text.trace_id]
result["anops list"] = json.loads(ask("anops.AnOps", "Predict", model="sum", input_data='[[1, 2, 3, 4], {"a": 0, "b": 0, "c": 0, "d": 5000000}]').output_data)
row = {"values": [{"name": name, "double_value": 2.5} for name in "abc"] + [{"name": "d", "int64_value": 4}]}
typed = ask("anops.AnOps", "Predict", rows=[row, row], model="sum", version="1")
result["anops rows"] = [[[v.name, v.double_value] for v in r.values] for r in typed.outputs]
far = ask("anops.AnOps", "Predict", model="sum", input_data='{"a": 5000000, "b": 2, "c": 3, "d": 4}')
result["anops warnings"] = list(far.warnings)
result["health"] = [ask("grpc.health.v1.Health", "Check", service=name).status for name in ("", OIP, "sum")]
watch = ask("grpc.health.v1.Health", "Watch", service="sum")
result["watch"] = next(watch).status
watch.cancel()
result["refused"] = {
    "health": refused("grpc.health.v1.Health", "Check", service="none"),
    "model": refused(OIP, "ModelMetadata", name="none"),
    "version": refused(OIP, "ModelInfer", model_name="sum", model_version="9", **tensors(True)),
    "rows": refused(OIP, "ModelInfer", model_name="sum", inputs=tensors(False)["inputs"][1:]),
    "lengths": refused(OIP, "ModelInfer", model_name="sum", inputs=tensors(True)["inputs"], raw_input_contents=[b"123"] * 4),
    "typed": refused(OIP, "ModelInfer", model_name="sum", inputs=[{"name": "a", "datatype": "FP64", "shape": [3]}]),
    "datatype": refused(OIP, "ModelInfer", model_name="sum", inputs=[{"name": "a", "datatype": "FP99", "shape": [1]}]),
    "both": refused(OIP, "ModelInfer", model_name="sum", inputs=tensors(False)["inputs"], raw_input_contents=[b"12345678"] * 4),
    "output": refused(OIP, "ModelInfer", model_name="sum", outputs=[{"name": "odds"}], **tensors(True)),
    "json": refused("anops.AnOps", "Predict", model="sum", input_data="{"),
    "none": refused("anops.AnOps", "Predict", model="sum"),
    "nameless": refused("anops.AnOps", "Predict", input_data="{}"),
    "type": refused("anops.AnOps", "Predict", model="sum", input_data='{"a": "x", "b": 2, "c": 3, "d": 4}'),
    "model failed": refused(OIP, "ModelInfer", model_name="sum", **tensors(True, [44.0])),
    "late": refused(OIP, "ModelInfer", timeout=0.4, model_name="sum", **tensors(True, [45.0])),
}
request, call = stub(OIP, "ModelInfer")
future = call.future(request(model_name="sum", **tensors(True, [45.0])), timeout=10)
future.cancel()
result["cancelled"] = future.cancelled()
print(json.dumps(result))
