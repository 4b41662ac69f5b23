# Fits the regression that both sides serve, on data that comes with R.
model <- glm(mpg ~ wt + hp, data = mtcars)
saveRDS(model, commandArgs(TRUE)[1])
