"""Calls the typed service of `cars` with stubs that protoc made. Arguments: their folder, address. Prints JSON."""

import json
import sys

sys.path.insert(0, sys.argv[1])
import cars_pb2 as cars
import cars_pb2_grpc
import grpc
from google.protobuf.json_format import MessageToDict

stub = cars_pb2_grpc.ModelStub(grpc.insecure_channel(sys.argv[2]))


def row(wt=2.5, **values):
    return cars.Row(**{"wt": wt, "field_3d": False, "cyl": "4", "pair": [0.5, 1], **values})


def refused(call, request):
    try:
        call(request, timeout=5)
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata())
        return [error.code().name, error.details(), json.loads(trailers.get("coaia-error-bin", b"{}")).get("details")]


one, call = stub.Predict.with_call(
    cars.PredictRequest(row=row(wt_2=2**53 + 1, day="2024-05-31"), request_id="r1"),
    metadata=(("traceparent", "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"),),
    timeout=5,
)
many = stub.PredictBatch(cars.PredictBatchRequest(rows=[row(), row(wt=9)], version="1"), timeout=5)
print(
    json.dumps(
        {
            "one": MessageToDict(one, preserving_proto_field_name=True),
            "count": one.prediction.count,
            "many": [[p.mpg, p.HasField("label"), list(p.probability)] for p in many.predictions],
            "warnings": list(many.warnings),
            "none": refused(stub.Predict, cars.PredictRequest()),
            "level": refused(stub.PredictBatch, cars.PredictBatchRequest(rows=[row(), row(cyl="5")])),
            "version": refused(stub.Predict, cars.PredictRequest(row=row(), version="9")),
        }
    )
)
