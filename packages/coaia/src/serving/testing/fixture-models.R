# Models of tests: `Rscript fixture-models.R FOLDER` fits them on the data sets of base R.
folder <- commandArgs(TRUE)[1]
cars <- mtcars
cars$cyl <- factor(cars$cyl)
cars$manual <- cars$am == 1
days <- data.frame(day = as.Date("2024-01-01") + 0:39, open = rep(c(TRUE, FALSE), 20))
days$visits <- 100 + as.numeric(days$day) %% 7 * 3 + 20 * days$open
models <- list(
  lm = lm(mpg ~ wt + hp + cyl, data = cars),
  glm = glm(factor(manual) ~ wt + hp, data = cars, family = binomial()),
  poisson = glm(carb ~ hp + cyl, data = cars, family = poisson()),
  log = lm(log(mpg) ~ log(wt) + poly(hp, 2) + manual, data = cars),
  rate = glm(carb ~ log(wt, 2), data = cars, family = poisson(), offset = log(hp)),
  dates = lm(visits ~ day + open, data = days),
  nls = nls(mpg ~ a + b * exp(-wt), data = cars, start = list(a = 10, b = 20))
)
fit_power <- function(k) lm(mpg ~ poly(wt, k) + ordered(cyl), data = mtcars)
saveRDS(fit_power(2), file.path(folder, "power.rds"))
saveRDS(lm(mtcars$mpg ~ mtcars$wt), file.path(folder, "dollar.rds"))
rows <- list(
  lm = cars[1:8, c("wt", "hp", "cyl")], glm = cars[1:8, c("wt", "hp")], poisson = cars[1:8, c("hp", "cyl")],
  log = cars[1:8, c("wt", "hp", "manual")], rate = cars[1:8, c("wt", "hp")], dates = days[1:8, c("day", "open")],
  nls = cars[1:8, "wt", drop = FALSE]
)
expected <- list()
for (name in names(models)) {
  saveRDS(models[[name]], file.path(folder, paste0(name, ".rds")))
  type <- if (inherits(models[[name]], "glm")) list(type = "response") else list()
  answers <- do.call(predict, c(list(models[[name]], rows[[name]]), type))
  rownames(rows[[name]]) <- NULL
  # As text: 17 digits say a double exactly, jsonlite writes at most 15.
  expected[[name]] <- list(rows = rows[[name]], prediction = sprintf("%.17g", answers))
}
jsonlite::write_json(expected, file.path(folder, "expected.json"), digits = NA, dataframe = "rows", auto_unbox = FALSE)
