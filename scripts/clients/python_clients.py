"""Calls a running service with public client libraries, and prints one JSON line for each call."""
import asyncio
import importlib.metadata
import json
import sys

import numpy
import pandas

REST, GRPC, MODEL = sys.argv[1:4]
ROWS = json.load(open(sys.argv[4]))
WANTED = json.load(open(sys.argv[5]))
HOST = REST.removeprefix("http://")
FRAME = pandas.DataFrame(ROWS)


def tell(package, call, result):
    line = {"client": package, "version": importlib.metadata.version(package), "call": call}
    print(json.dumps({**line, **result}), flush=True)


def attempt(package, call, action):
    """`action` returns True, or a note when the call works with a limit; it raises when it does not work."""
    try:
        note = action()
        tell(package, call, {"works": True, "note": note if isinstance(note, str) else ""})
    except Exception as error:  # The table shows what any user would see.
        tell(package, call, {"works": False, "note": f"{type(error).__name__}: {error}"[:300]})


def same(labels):
    assert [str(label) for label in labels] == [str(label) for label in WANTED], (labels, WANTED)
    return True


def tensors(client):
    inputs = []
    for name in FRAME.columns:
        column = FRAME[name]
        if column.dtype == object:
            data, kind = numpy.array([v.encode() for v in column], dtype=object), "BYTES"
        else:
            data, kind = column.to_numpy(dtype=numpy.float64), "FP64"
        one = client.InferInput(name, [len(column)], kind)
        one.set_data_from_numpy(data)
        inputs.append(one)
    return inputs


def labels_of(result):
    return [v.decode() if isinstance(v, bytes) else v for v in result.as_numpy("label").ravel()]


def triton_http():
    import tritonclient.http as http

    client = http.InferenceServerClient(HOST)
    attempt("tritonclient", "http is_server_live, is_server_ready", lambda: client.is_server_live() and client.is_server_ready() or 1 / 0)
    attempt("tritonclient", "http is_model_ready", lambda: client.is_model_ready(MODEL) or 1 / 0)
    attempt("tritonclient", "http get_server_metadata", lambda: client.get_server_metadata()["name"] and True)
    attempt("tritonclient", "http get_model_metadata", lambda: client.get_model_metadata(MODEL)["inputs"] and True)
    attempt("tritonclient", "http infer, binary tensors", lambda: same(labels_of(client.infer(MODEL, tensors(http)))))

    def plain():
        inputs = tensors(http)
        for one, name in zip(inputs, FRAME.columns):
            column = FRAME[name]
            data = numpy.array([str(v) for v in column], dtype=object) if column.dtype == object else column.to_numpy(dtype=numpy.float64)
            one.set_data_from_numpy(data, binary_data=False)
        outputs = [http.InferRequestedOutput("label", binary_data=False)]
        return same(labels_of(client.infer(MODEL, inputs, outputs=outputs)))

    attempt("tritonclient", "http infer, JSON tensors", plain)
    attempt("tritonclient", "http get_inference_statistics", lambda: client.get_inference_statistics(MODEL)["model_stats"] is not None)
    attempt("tritonclient", "http get_model_repository_index", lambda: client.get_model_repository_index()[0]["name"] == MODEL or 1 / 0)
    attempt("tritonclient", "http load_model", lambda: client.load_model(MODEL) is None)
    attempt("tritonclient", "http get_model_config", lambda: client.get_model_config(MODEL) and True)


def triton_grpc():
    import tritonclient.grpc as grpc

    client = grpc.InferenceServerClient(GRPC)
    attempt("tritonclient", "grpc is_server_live, is_server_ready", lambda: client.is_server_live() and client.is_server_ready() or 1 / 0)
    attempt("tritonclient", "grpc is_model_ready", lambda: client.is_model_ready(MODEL) or 1 / 0)
    attempt("tritonclient", "grpc get_server_metadata", lambda: client.get_server_metadata().name and True)
    attempt("tritonclient", "grpc get_model_metadata", lambda: client.get_model_metadata(MODEL).inputs and True)
    attempt("tritonclient", "grpc infer", lambda: same(labels_of(client.infer(MODEL, tensors(grpc)))))
    attempt("tritonclient", "grpc get_inference_statistics", lambda: client.get_inference_statistics(MODEL).model_stats[0].inference_count >= len(ROWS) or 1 / 0)
    attempt("tritonclient", "grpc get_model_repository_index", lambda: client.get_model_repository_index().models[0].name == MODEL or 1 / 0)
    attempt("tritonclient", "grpc load_model", lambda: client.load_model(MODEL) is None)
    attempt("tritonclient", "grpc get_model_config", lambda: client.get_model_config(MODEL) and True)


def triton_stream():
    import queue

    import tritonclient.grpc as grpc

    client = grpc.InferenceServerClient(GRPC)

    def run():
        answers = queue.Queue()
        client.start_stream(lambda result, error: answers.put((result, error)))
        for turn in range(3):
            client.async_stream_infer(MODEL, tensors(grpc), request_id=str(turn), enable_empty_final_response=True)
        for turn in range(3):
            result, error = answers.get(timeout=20)
            assert error is None and result.get_response().id == str(turn), error
            same(labels_of(result))
        client.stop_stream()
        return "with enable_empty_final_response=True, see [Models over gRPC](serving-grpc.md)"

    attempt("tritonclient", "grpc start_stream, async_stream_infer", run)


def typed():
    """Stubs that protoc makes of the generated file."""
    import importlib
    import os
    import tempfile

    import grpc
    from grpc_tools import protoc

    folder = tempfile.mkdtemp(dir=os.path.dirname(sys.argv[4]))
    source = os.path.join(os.path.dirname(sys.argv[4]), MODEL, "model-interface")
    assert protoc.main(["protoc", f"-I{source}", f"--python_out={folder}", f"--grpc_python_out={folder}", f"{MODEL}.proto"]) == 0
    sys.path.insert(0, folder)
    messages, services = (importlib.import_module(f"{MODEL}_{kind}") for kind in ("pb2", "pb2_grpc"))
    model = services.ModelStub(grpc.insecure_channel(GRPC))
    rows = [messages.Row(**row) for row in ROWS]
    attempt("grpcio", f"anops.{MODEL}.Model/Predict, stubs of protoc", lambda: model.Predict(messages.PredictRequest(row=rows[0])).prediction.label == WANTED[0] or 1 / 0)
    attempt("grpcio", f"anops.{MODEL}.Model/PredictBatch", lambda: same([one.label for one in model.PredictBatch(messages.PredictBatchRequest(rows=rows)).predictions]))


def kserve():
    from kserve import InferenceRESTClient, RESTConfig, InferRequest, InferInput, InferenceGRPCClient
    from kserve.constants.constants import PredictorProtocol

    def inputs():
        found = []
        for name in FRAME.columns:
            column = FRAME[name]
            if column.dtype == object:
                found.append(InferInput(name=name, shape=[len(column)], datatype="BYTES", data=list(column)))
            else:
                found.append(InferInput(name=name, shape=[len(column)], datatype="FP64", data=[float(v) for v in column]))
        return found

    def v1():
        async def run():
            client = InferenceRESTClient(RESTConfig(protocol=PredictorProtocol.REST_V1))
            answer = await client.infer(REST, {"instances": ROWS}, model_name=MODEL)
            return same([one["label"] if isinstance(one, dict) else one for one in answer["predictions"]])

        return asyncio.run(run())

    def v2():
        async def run():
            client = InferenceRESTClient(RESTConfig(protocol=PredictorProtocol.REST_V2))
            answer = await client.infer(REST, InferRequest(model_name=MODEL, infer_inputs=inputs()), model_name=MODEL)
            return same([o for o in answer.outputs if o.name == "label"][0].data)

        return asyncio.run(run())

    def ready():
        async def run():
            client = InferenceRESTClient(RESTConfig(protocol=PredictorProtocol.REST_V2))
            assert await client.is_server_ready(REST) and await client.is_model_ready(REST, MODEL)
            return True

        return asyncio.run(run())

    def over_grpc():
        async def run():
            client = InferenceGRPCClient(url=GRPC)
            answer = await client.infer(InferRequest(model_name=MODEL, infer_inputs=inputs()))
            values = [o for o in answer.outputs if o.name == "label"][0].as_numpy().ravel()
            return same([v.decode() if isinstance(v, bytes) else v for v in values])

        return asyncio.run(run())

    attempt("kserve", "InferenceRESTClient.infer, protocol v1", v1)
    attempt("kserve", "InferenceRESTClient.infer, protocol v2", v2)
    attempt("kserve", "InferenceRESTClient.is_server_ready, is_model_ready", ready)
    attempt("kserve", "InferenceGRPCClient.infer", over_grpc)


def mlflow():
    from mlflow.pyfunc.scoring_server.client import ScoringServerClient

    host, port = HOST.split(":")
    client = ScoringServerClient(host=host, port=int(port))
    attempt("mlflow-skinny", "ScoringServerClient.ping", lambda: client.ping() is None)
    attempt("mlflow-skinny", "ScoringServerClient.get_version", lambda: client.get_version() and "answers our version")
    attempt("mlflow-skinny", "ScoringServerClient.invoke(DataFrame)", lambda: same(first_column(client.invoke(FRAME).get_predictions())))


def first_column(frame):
    column = frame["label"] if "label" in frame else frame.iloc[:, 0]
    return [one["label"] if isinstance(one, dict) else one for one in column]


def vetiver():
    from vetiver import vetiver_endpoint
    from vetiver.server import predict

    def run():
        answer = predict(endpoint=vetiver_endpoint(f"{REST}/predict"), data=FRAME)
        return same(first_column(answer))

    attempt("vetiver", "predict(vetiver_endpoint, DataFrame)", run)


SUITES = {one.__name__: one for one in (triton_http, triton_grpc, triton_stream, typed, kserve, mlflow, vetiver)}

try:
    SUITES[sys.argv[6]]()
except Exception as error:  # What cannot be loaded is a result as well.
    print(json.dumps({"client": sys.argv[6], "version": "", "call": "import", "works": False, "note": str(error)[:300]}))
