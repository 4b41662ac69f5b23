"""Real servers of the protocol, and what of them works through our gateway.

`fit MODEL FOLDER` fits an iris classifier where MLServer finds it, `kserve HTTP GRPC` serves a model of KServe's Python
server, `check SERVER GATEWAY DIRECT MODEL INPUT` asks both and prints one JSON line for each call.
"""
import importlib.metadata
import json
import sys
import urllib.error
import urllib.request

ROWS = [[5.1, 3.5, 1.4, 0.2], [6.5, 3.0, 5.2, 2.0], [5.9, 2.8, 4.4, 1.4]]


def fit(folder):
    import joblib
    from sklearn.datasets import load_iris
    from sklearn.linear_model import LogisticRegression

    values, kinds = load_iris(return_X_y=True)
    joblib.dump(LogisticRegression(max_iter=500).fit(values, kinds), f"{folder}/model.joblib")
    tensors = {"inputs": [("predict", "FP32", [-1, 4])], "outputs": [("predict", "INT64", [-1, 1])]}
    settings = {
        "name": "iris",
        "implementation": "mlserver_sklearn.SKLearnModel",
        "parameters": {"uri": "./model.joblib", "version": "v1"},
        **{key: [dict(zip(("name", "datatype", "shape"), one)) for one in many] for key, many in tensors.items()},
    }
    with open(f"{folder}/model-settings.json", "w") as stream:
        json.dump(settings, stream)


def kserve(http_port, grpc_port):
    from kserve import InferOutput, InferResponse, Model, ModelServer

    class Sums(Model):
        async def get_input_types(self):
            return [{"name": "x", "datatype": "FP64", "shape": [-1, 4]}]

        async def get_output_types(self):
            return [{"name": "sum", "datatype": "FP64", "shape": [-1]}]

        def predict(self, payload, headers=None, response_headers=None):
            values = payload.inputs[0].as_numpy()
            out = InferOutput(name="sum", shape=[len(values)], datatype="FP64")
            out.set_data_from_numpy(values.sum(axis=1))
            return InferResponse(payload.id, self.name, [out])

    model = Sums("sums")
    model.ready = True
    ModelServer(http_port=int(http_port), grpc_port=int(grpc_port), enable_docs_url=False).start([model])


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": "application/json"})) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def tensor(name, datatype, rows=ROWS):
    data = [value for row in rows for value in row]
    return {"id": "7", "inputs": [{"name": name, "datatype": datatype, "shape": [len(rows), len(rows[0])], "data": data}]}


def check(server, version, gateway, direct, model, name):
    datatype = "FP32" if server == "mlserver" else "FP64"
    wanted = ask(f"{direct}/v2/models/{model}/infer", tensor(name, datatype))[1]["outputs"][0]["data"]

    def tell(call, action):
        try:
            works, note = action(), ""
        except Exception as error:
            works, note = False, f"{type(error).__name__}: {error}"[:300]
        line = {"server": server, "version": version, "call": call, "works": works is not False, "note": note}
        print(json.dumps({**line, **({"note": works} if isinstance(works, str) else {})}), flush=True)

    def same(values):
        assert list(values) == wanted, (values, wanted)
        return True

    def binary():
        import numpy
        import tritonclient.http as http

        one = http.InferInput(name, [len(ROWS), 4], datatype)
        one.set_data_from_numpy(numpy.array(ROWS, dtype=numpy.float32 if datatype == "FP32" else numpy.float64))
        answer = http.InferenceServerClient(gateway.removeprefix("http://")).infer(model, [one])
        return same(answer.as_numpy(answer.get_response()["outputs"][0]["name"]).ravel().tolist())

    def refused():
        status, answer = ask(f"{gateway}/v2/models/{model}/infer", tensor(name, datatype, [row[:3] for row in ROWS]))
        assert status == 422, (status, answer)
        return "422, before the server is asked"

    native = f"{gateway}/v1/models/{model}"
    tell("POST /v1/models/M/predict, rows", lambda: same(ask(f"{native}/predict", [{name: row} for row in ROWS])[1]["predictions"]))
    tell("POST /v1/models/M:predict", lambda: same(ask(f"{native}:predict", {"instances": ROWS})[1]["predictions"]))
    tell("POST /invocations", lambda: same(ask(f"{gateway}/invocations", {"instances": ROWS})[1]["predictions"]))
    tell("POST /v2/models/M/infer, JSON", lambda: same(ask(f"{gateway}/v2/models/{model}/infer", tensor(name, datatype))[1]["outputs"][0]["data"]))
    tell("POST /v2/models/M/infer, binary tensors", binary)
    tell("POST /v2/models/M/infer, rows too short", refused)
    tell("GET /v2/models/M", lambda: ask(f"{gateway}/v2/models/{model}")[1]["inputs"] == ask(f"{direct}/v2/models/{model}")[1]["inputs"] or "tensors in the gateway's words")
    tell("GET /v2/models/M/ready", lambda: ask(f"{gateway}/v2/models/{model}/ready")[0] == 200)
    tell("POST /v2/repository/index", lambda: ask(f"{gateway}/v2/repository/index", {})[1][0]["state"] == "READY")
    tell("GET /health", lambda: ask(f"{gateway}/health")[1]["status"] == "ok")


if sys.argv[1] == "fit":
    fit(sys.argv[2])
elif sys.argv[1] == "kserve":
    kserve(*sys.argv[2:4])
elif sys.argv[1] == "version":
    print(importlib.metadata.version(sys.argv[2]))
else:
    check(*sys.argv[2:8])
