# The usual way in R: plumber with the model in the same process.
arguments <- commandArgs(TRUE)
model <- readRDS(arguments[1])
api <- plumber::pr()
api <- plumber::pr_post(api, "/predict", function(req, res) {
  row <- jsonlite::fromJSON(req$postBody)
  list(prediction = predict(model, as.data.frame(row)))
})
plumber::pr_run(api, host = "127.0.0.1", port = as.integer(arguments[2]), quiet = TRUE)
