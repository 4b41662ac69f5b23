"""The usual way: FastAPI with the model in the same process, uvloop and httptools below it."""
import sys

import joblib
import numpy
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

model = joblib.load(sys.argv[1])
app = FastAPI()


class Row(BaseModel):
    x1: float
    x2: float
    x3: float
    x4: float


@app.post("/predict")
async def predict(row: Row):
    values = numpy.array([[row.x1, row.x2, row.x3, row.x4]])
    return {"probability": model.predict_proba(values)[0].tolist()}


uvicorn.run(
    app, host="127.0.0.1", port=int(sys.argv[2]), loop="uvloop", http="httptools",
    log_level="warning", access_log=False,
)
