# Opens a fitted R object and says what it takes: `Rscript signature-object.R PATH`, one JSON object on stdout.
args <- commandArgs(TRUE)
path <- args[1]
out <- stdout()
# Numbers as text of 17 digits, which say a double exactly.
exact <- function(value) sprintf("%.17g", as.numeric(value))
unwrap <- function(term) {
  # `log(wt)` in a model frame: back to wt where the function can be undone.
  inverse <- c("log", "log10", "log2", "log1p", "sqrt", "exp")
  if (is.call(term) && length(term) >= 2 && is.name(term[[2]]) && (as.character(term[[1]])[1] %in%
      c("factor", "as.factor") || length(term) == 2 && as.character(term[[1]])[1] %in% inverse))
    list(name = as.character(term[[2]]), by = as.character(term[[1]])) else NULL
}
# exp(log(80)) is below 80, which would make 80 an extrapolation: short numbers come back, of others the range is wider.
undo <- function(by, values) {
  known <- switch(by, log = exp(values), log10 = 10^values, log2 = 2^values,
    log1p = expm1(values), sqrt = values^2, exp = log(values), values)
  short <- signif(known, 12)
  slack <- ifelse(abs(known - short) <= 1e-14 * abs(known), 0, 1e-13 * abs(known))
  c(ifelse(slack == 0, short, known) - slack, ifelse(slack == 0, short, known) + slack)
}
describe_column <- function(name, column) {
  field <- list(name = name)
  if (inherits(column, "Date")) c(field, list(type = "date", typical = format(median(column, na.rm = TRUE))))
  else if (inherits(column, "POSIXt")) c(field, list(type = "datetime",
    typical = format(median(column, na.rm = TRUE), "%Y-%m-%dT%H:%M:%SZ", tz = "UTC")))
  else if (is.factor(column)) c(field, list(type = "category", levels = I(levels(column)), typical = most(column)))
  else if (is.logical(column)) c(field, list(type = "boolean", typical = "true"))
  else if (is.character(column)) c(field, list(type = "string", typical = most(column)))
  else if (is.numeric(column) && length(column) && any(is.finite(column))) {
    known <- column[is.finite(column)]
    c(field, list(type = "number", min = exact(min(known)), max = exact(max(known)), typical = exact(median(known))))
  } else c(field, list(type = "number"))
}
most <- function(column) {
  counts <- table(as.character(column))
  if (length(counts)) names(counts)[which.max(counts)] else if (is.factor(column)) levels(column)[1] else ""
}
# One column for each variable of the formula: from the training data where the object kept them, else its frame.
read_terms <- function(model) {
  parts <- delete.response(terms(model))
  frame <- tryCatch(if (is.data.frame(model$model)) model$model else model.frame(model), error = function(e) list())
  data <- if (is.data.frame(model$data)) model$data else list()
  classes <- attr(parts, "dataClasses")
  for (term in as.list(attr(parts, "variables"))[-1]) if ("$" %in% all.names(term))
    stop("its formula says ", deparse(term), ", which no new data can replace; name the column alone and give data =")
  # A number that the formula took from where it was written, as in poly(wt, k), is saved with it.
  place <- environment(parts)
  is_fixed <- function(name) is.null(frame[[name]]) && is.null(data[[name]]) && is.environment(place) &&
    !identical(place, globalenv()) && exists(name, place, inherits = FALSE) && length(get(name, place)) == 1
  # What was given as offset = beside the formula is looked up in new data as well, but not by gam().
  beside <- if (inherits(model, "lm") && !inherits(model, "gam")) all.vars(model$call$offset)
  lapply(Filter(Negate(is_fixed), unique(c(all.vars(parts), beside))), function(name) {
    column <- if (!is.null(frame[[name]])) frame[[name]] else data[[name]]
    field <- if (is.null(column)) read_wrapped(name, parts, frame) else describe_column(name, column)
    levels <- find_levels(model, name)
    class <- if (name %in% names(classes)) classes[[name]] else ""
    if (!is.null(levels)) field <- modifyList(field, list(type = "category", levels = I(levels)))
    else if (class == "logical") field$type <- "boolean"
    else if (class == "character") field$type <- "string"
    if (!is.null(levels) && is.null(field$typical)) field$typical <- levels[1]
    if (inherits(model, "svm") && is.null(levels)) field <- read_coded(field, colnames(model$SV), all.vars(parts))
    field
  })
}
read_wrapped <- function(name, parts, frame) {
  for (term in as.list(attr(parts, "variables"))[-1]) {
    found <- unwrap(term)
    column <- frame[[paste(deparse(term), collapse = "")]]
    if (!is.null(found) && identical(found$name, name) && !is.null(column))
      return(describe_column(name, if (is.factor(column)) column else undo(found$by, as.numeric(column))))
  }
  list(name = name, type = "number")
}
find_levels <- function(model, name) {
  known <- if (length(model$xlevels)) model$xlevels else attr(model, "xlevels")
  if (is.null(known)) known <- Filter(is.character, as.list(model$forest$xlevels))
  keys <- c(name, sprintf(c("factor(%s)", "as.factor(%s)", "ordered(%s)"), name))
  for (key in keys) if (!is.null(known[[key]])) return(known[[key]])
  NULL
}
# svm keeps the columns of its matrix alone: those of the first factor name all of its levels, of others all but one.
read_coded <- function(field, columns, names) {
  if (field$name %in% columns) return(field)
  own <- setdiff(columns[startsWith(columns, field$name)], names)
  levels <- substring(own, nchar(field$name) + 1L)
  if (field$name != setdiff(names, columns)[1] || length(levels) < 2L) return(modifyList(field, list(unsure = TRUE)))
  modifyList(field, list(type = "category", levels = I(levels), typical = levels[1]))
}
# nls: no terms, but its data; everything in the formula that is neither a parameter nor the response.
read_nls <- function(model) {
  names <- setdiff(all.vars(formula(model)[[3]]), names(coef(model)))
  place <- model$m$getEnv()
  lapply(names, function(name) describe_column(name, get(name, envir = place)))
}
read_frame <- function(frame) lapply(names(frame), function(name) describe_column(name, frame[[name]]))
# Prototypes: a data frame of the training columns, often without rows (vetiver, hardhat, workflows).
find_prototype <- function(model) {
  places <- list(function() model$prototype, function() model$blueprint$ptypes$predictors,
    function() model$pre$mold$blueprint$ptypes$predictors)
  for (place in places) {
    found <- tryCatch(place(), error = function(e) NULL)
    if (is.data.frame(found)) return(found)
  }
  NULL
}
# Objects that keep names, and perhaps levels, but no formula.
read_plain <- function(names, levels = list()) lapply(names, function(name) {
  known <- levels[[name]]
  if (is.character(known)) list(name = name, type = "category", levels = I(known), typical = known[1])
  else list(name = name, type = "number")
})
# Where a factor was, ranger keeps only its codes: then every split lies between two small whole numbers.
read_ranger <- function(forest) {
  names <- forest$independent.variable.names
  levels <- forest$covariate.levels
  places <- unlist(forest$split.varIDs)
  values <- unlist(forest$split.values)
  lapply(seq_along(names), function(place) {
    known <- levels[[place]]
    if (!is.null(known)) return(read_plain(names[place], stats::setNames(list(known), names[place]))[[1]])
    own <- values[places == place - 1L & values != 0]
    list(name = names[place], type = "number", unsure = all(own %% 1 == 0.5 & own < 100))
  })
}
read_naive <- function(model) lapply(names(model$tables), function(name) {
  if (isTRUE(model$isnumeric[[name]])) return(list(name = name, type = "number"))
  read_plain(name, stats::setNames(list(colnames(model$tables[[name]])), name))[[1]]
})
# Mixed models: the columns of the formula without the response, and those that name the groups.
read_mixed <- function(frame, formulas, response) {
  names <- setdiff(unique(unlist(lapply(formulas, all.vars))), response)
  read_frame(frame[intersect(names, names(frame))])
}
read_known <- function(model) {
  if (inherits(model, "merMod"))
    return(read_mixed(model@frame, list(stats::formula(model)), all.vars(stats::formula(model)[[2]])))
  if (inherits(model, "lme")) return(read_mixed(as.data.frame(model$data), list(stats::formula(model),
    stats::as.formula(paste("~", paste(names(model$groups), collapse = "+")))), all.vars(stats::formula(model)[[2]])))
  if (inherits(model, c("glmnet", "cv.glmnet"))) {
    beta <- if (inherits(model, "cv.glmnet")) model$glmnet.fit$beta else model$beta
    return(read_plain(rownames(if (is.list(beta)) beta[[1]] else beta)))
  }
  if (inherits(model, "train")) return(read_frame(model$trainingData[setdiff(names(model$trainingData),
    c(".outcome", ".weights"))]))
  if (inherits(model, "gbm")) return(read_plain(model$var.names, stats::setNames(model$var.levels, model$var.names)))
  if (inherits(model, "ranger")) return(read_ranger(model$forest))
  if (inherits(model, "naiveBayes")) return(read_naive(model))
  if (inherits(model, "smooth.spline")) return(read_plain("x"))
  if (inherits(model, "prcomp")) return(read_plain(rownames(model$rotation)))
  if (inherits(model, "randomForest") && is.null(model$terms))
    return(read_plain(rownames(model$importance), model$forest$xlevels))
  NULL
}
# Why an object cannot answer rows, and what to do; NULL where it can.
explain_unfit <- function(model) {
  kind <- class(model)[1]
  if (inherits(model, c("Arima", "HoltWinters", "ets", "StructTS", "ar", "tbats", "nnetar", "forecast")))
    return(list(error = sprintf("a %s forecasts the steps after its own series and takes no rows", kind),
      fix = "Write model-service/model.R with predict_one <- function(model, steps = 1L), which gives the forecast."))
  has_method <- isS4(model) || any(vapply(class(model), function(one)
    !is.null(utils::getS3method("predict", one, optional = TRUE)), TRUE))
  if (!has_method) return(list(error = sprintf("R has no predict() for a %s", kind),
    fix = "Write model-service/model.R with predict <- function(model, newdata), and library() of its package."))
  NULL
}
read_fields <- function(model) {
  known <- read_known(model)
  if (!is.null(known)) return(known)
  prototype <- find_prototype(model)
  if (!is.null(prototype)) return(read_frame(prototype))
  if (inherits(model, "nls")) return(read_nls(model))
  if (length(model$var.summary)) return(read_frame(as.data.frame(lapply(model$var.summary, function(one) one[1]))))
  if (!is.null(tryCatch(terms(model), error = function(e) NULL))) return(read_terms(model))
  list()
}
packages <- c(qda = "MASS", bam = "mgcv", lme = "nlme", gls = "nlme", cv.glmnet = "glmnet", lognet = "glmnet", elnet = "glmnet", multnet = "glmnet",
  naiveBayes = "e1071", negbin = "MASS", rlm = "MASS", survreg = "survival", nnet = "nnet", randomForest = "randomForest", ranger = "ranger", glmnet = "glmnet", gam = "mgcv", lmerMod = "lme4",
  glmerMod = "lme4", rpart = "rpart", svm = "e1071", xgb.Booster = "xgboost", coxph = "survival", train = "caret",
  workflow = "workflows", multinom = "nnet", polr = "MASS", lda = "MASS", gbm = "gbm",
  vetiver_model = "vetiver", bart = "dbarts", brmsfit = "brms", stanreg = "rstanarm", earth = "earth")
task_of <- function(model) {
  family <- tryCatch(family(model)$family, error = function(e) "")
  if (inherits(model, "glm") && family %in% c("binomial", "quasibinomial")) "probability"
  else if (inherits(model, c("lm", "nls", "gam", "lmerMod", "loess"))) "regression"
  else if (inherits(model, c("rpart", "randomForest", "ranger", "lda", "multinom", "svm"))) "classification"
  else "other"
}
classes_of <- function(model) {
  if (isS4(model)) return(NULL)
  if (inherits(model, "glmnet")) model$classnames
  else if (inherits(model, "cv.glmnet")) model$glmnet.fit$classnames
  else if (inherits(model, "ranger")) model$forest$levels
  else if (inherits(model, c("train", "naiveBayes", "svm"))) model$levels
  else if (inherits(model, "lda") || inherits(model, "qda")) names(model$prior)
  else if (inherits(model, "glm") && is.data.frame(model$model)) {
    # The chance is that of the second level.
    levels <- levels(model$model[[1]])
    if (length(levels) == 2L && task_of(model) == "probability") levels
  } else if (!is.null(model$classes)) model$classes
  else if (!is.null(attr(model, "ylevels"))) attr(model, "ylevels") else model$lev
}
describe <- function() {
  saved <- tryCatch(as.character(infoRDS(path)$writer_version), error = function(e) NULL)
  model <- readRDS(path)
  kind <- class(model)[1]
  hits <- intersect(class(model), names(packages))
  needed <- if (length(hits)) packages[[hits[1]]]
  if (!is.null(needed) && !requireNamespace(needed, quietly = TRUE))
    return(list(error = sprintf("a %s is predicted by the package %s", kind, needed), package = needed, saved = saved))
  unfit <- explain_unfit(model)
  if (!is.null(unfit) && isTRUE(args[2] == "alone")) return(unfit)
  list(platform = paste0("r_", tolower(gsub("[^A-Za-z0-9]", "_", kind))), class = kind, kind = task_of(model),
    fields = I(read_fields(model)), classes = I(as.character(classes_of(model))), saved = saved,
    packages = lapply(stats::setNames(nm = unique(unlist(packages[hits]))), function(one)
      as.character(utils::packageVersion(one))))
}
packages <- as.list(packages)
answer <- tryCatch(suppressWarnings(describe()), error = function(e) list(error = conditionMessage(e)))
writeLines(jsonlite::toJSON(answer, auto_unbox = TRUE, null = "null"), out)
