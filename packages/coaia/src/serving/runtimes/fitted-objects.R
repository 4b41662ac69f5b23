# How fitted objects of R are asked, and which of them can be taken apart into terms. Read into the worker's own
# environment; nothing of it is seen by formulas.

# ISO 8601: a day alone is its midnight, seconds may be absent, a zone counts; without one it is UTC.
to_moments <- function(texts) {
  zoned <- "([T ].*)(Z|[+-][0-9]{2}:?[0-9]{2})$"
  plain <- sub("T", " ", sub(zoned, "\\1", texts))
  plain <- paste0(plain, ifelse(nchar(plain) == 10L, " 00:00:00", ifelse(nchar(plain) == 16L, ":00", "")))
  moments <- as.POSIXct(strptime(ifelse(is.na(texts), NA, plain), "%Y-%m-%d %H:%M:%OS", tz = "UTC"))
  shift <- ifelse(grepl(zoned, texts), sub(paste0("^.*?", zoned), "\\2", texts), "Z")
  digits <- ifelse(shift == "Z", "+0000", sub(":", "", shift))
  seconds <- as.numeric(substr(digits, 2, 3)) * 3600 + as.numeric(substr(digits, 4, 5)) * 60
  moments - ifelse(startsWith(digits, "-"), -seconds, seconds)
}

# Without these packages their objects cannot predict.
packages <- c(rpart = "rpart", randomForest = "randomForest", ranger = "ranger", nnet = "nnet", lda = "MASS",
  qda = "MASS", polr = "MASS", negbin = "MASS", rlm = "MASS", gam = "mgcv", bam = "mgcv", glmnet = "glmnet",
  cv.glmnet = "glmnet", svm = "e1071", naiveBayes = "e1071", coxph = "survival", survreg = "survival", lme = "nlme",
  gls = "nlme", train = "caret", workflow = "workflows", model_fit = "parsnip", xgb.Booster = "xgboost", gbm = "gbm",
  earth = "earth")

failure <- function(kind, message, ...) structure(class = c("failure", "error", "condition"),
  list(message = message, call = NULL, kind = kind, more = list(...)))

# Probabilities of one row come back as a plain vector, those of two classes as the second one's alone.
to_probability <- function(values, rows, levels) {
  if (is.matrix(values) && ncol(values) == length(levels)) return(unname(values))
  if (length(levels) == 2L && length(values) == rows) return(cbind(1 - as.vector(values), as.vector(values)))
  matrix(values, rows, length(levels), byrow = TRUE)
}
ask <- function(...) stats::predict(...)
response <- function(model, table) ask(model, table, type = "response")
number <- function(values) if (length(dim(values)) == 2L && ncol(values) == 1L) as.vector(values) else values
classes <- function(model, table, type, levels)
  list(label = ask(model, table, type = "class"),
    probability = to_probability(ask(model, table, type = type), nrow(table), levels))
# glmnet wants a matrix with the columns in the order of training.
penalized <- function(model, table) {
  fit <- if (inherits(model, "cv.glmnet")) model$glmnet.fit else model
  if (!inherits(model, "cv.glmnet") && length(fit$lambda) > 1L)
    stop(failure("artifact", paste("it holds", length(fit$lambda), "penalties and no choice between them; save the",
      "result of cv.glmnet(), or fit glmnet() with one lambda")))
  names <- rownames(if (is.list(fit$beta)) fit$beta[[1]] else fit$beta)
  answer <- ask(model, as.matrix(table[names]), type = "response")
  if (is.null(fit$classnames)) return(number(answer))
  if (length(dim(answer)) == 3L) answer <- matrix(answer, nrow(table))
  probability <- to_probability(answer, nrow(table), fit$classnames)
  list(label = fit$classnames[max.col(probability, "first")], probability = probability)
}
find_levels <- function(model) {
  if (isS4(model) || !is.list(model)) return(NULL)
  if (length(model$xlevels)) model$xlevels else Filter(is.character, as.list(model$forest$xlevels))
}
predictors <- list(
  glm = response,
  rpart = function(model, table)
    if (model$method == "class") classes(model, table, "prob", attr(model, "ylevels")) else ask(model, table),
  randomForest = function(model, table)
    if (model$type != "classification") ask(model, table)
    else list(label = response(model, table), probability = unclass(ask(model, table, type = "prob"))),
  ranger = function(model, table) {
    answer <- ask(model, data = table)$predictions
    if (is.factor(answer)) return(list(label = answer))
    if (!is.matrix(answer) && is.null(model$forest$class.values)) return(answer)
    if (!is.matrix(answer)) answer <- matrix(answer, nrow(table), dimnames = list(NULL, model$forest$levels))
    list(label = colnames(answer)[max.col(answer, "first")], probability = answer)
  },
  multinom = function(model, table) classes(model, table, "probs", model$lev),
  nnet = function(model, table)
    if (is.null(model$lev)) number(ask(model, table))
    else list(label = factor(ask(model, table, type = "class"), model$lev),
      probability = to_probability(ask(model, table, type = "raw"), nrow(table), model$lev)),
  lda = function(model, table) stats::setNames(ask(model, table)[1:2], c("label", "probability")),
  qda = function(model, table) predictors$lda(model, table),
  polr = function(model, table) classes(model, table, "probs", model$lev),
  svm = function(model, table) {
    answer <- ask(model, table, probability = isTRUE(model$compprob), na.action = stats::na.pass)
    if (!is.factor(answer)) return(unname(answer))
    probability <- attr(answer, "probabilities")
    c(list(label = answer), if (!is.null(probability)) list(probability = probability[, model$levels, drop = FALSE]))
  },
  naiveBayes = function(model, table) classes(model, table, "raw", model$levels),
  glmnet = penalized,
  cv.glmnet = penalized,
  gbm = function(model, table) {
    answer <- ask(model, table, n.trees = model$n.trees, type = "response")
    if (is.null(model$classes) || model$distribution$name != "multinomial") return(as.vector(answer))
    probability <- matrix(answer, nrow(table))
    list(label = model$classes[max.col(probability, "first")], probability = probability)
  },
  earth = function(model, table) number(response(model, table)),
  lme = function(model, table) as.vector(ask(model, table)),
  gls = function(model, table) as.vector(ask(model, table)),
  glmerMod = response,
  smooth.spline = function(model, table) ask(model, table[[1]])$y,
  train = function(model, table) {
    answer <- ask(model, table)
    if (!is.factor(answer)) return(number(answer))
    has_probability <- is.function(model$modelInfo$prob) && isTRUE(model$control$classProbs)
    c(list(label = answer), if (has_probability)
      list(probability = unname(as.matrix(ask(model, table, type = "prob")[levels(answer)]))))
  },
  default = function(model, table) number(ask(model, table))
)

# Terms: their sum and the constant is what the model says on the scale of its link, for these classes exactly.
scales <- list(
  gam = function(model) link_of(stats::family(model)$link),
  glm = function(model) link_of(stats::family(model)$link),
  coxph = "the prediction: the logarithm of the hazard against that of the baseline",
  lm = "the prediction"
)
link_of <- function(link) switch(link, identity = "the prediction", log = "the logarithm of the prediction",
  logit = "the log-odds of the prediction", paste0("the ", link, " of the prediction"))
baselines <- c(
  coxph = "0: numbers at their average in the training data, columns of 0 and 1 at 0",
  gam = "the constant of the model, where every smooth term is 0",
  glm = "what the model says for the average of the training data",
  lm = "what the model says for the average of the training data")

# What is said of the explanation and a function of a table; NULL for objects that have no exact terms.
find_terms <- function(model) {
  if (inherits(model, c("mlm", "rlm", "lme", "aovlist", "coxphms")) || isS4(model)) return(NULL)
  known <- intersect(class(model), names(scales))[1]
  if (is.na(known) || is.null(tryCatch(stats::terms(model), error = function(e) NULL))) return(NULL)
  # Within strata predict() counts from another baseline than its terms do; a frailty is of the groups in training.
  special <- unlist(attr(stats::terms(model), "specials")[c("strata", "tt")])
  if (known == "coxph" && (length(special) || any(model$pterms == 2))) return(NULL)
  scale <- scales[[known]]
  about <- list(kind = "terms", scale = if (is.function(scale)) scale(model) else scale,
    baseline = baselines[[known]])
  list(about = about, explain = function(table) explain_terms(model, table, known))
}

# predict.coxph() reads the training data again before it gives terms of new data, which it then does not use, and a
# saved object need not have them.
without_data <- function(model) {
  model$x <- matrix(0, length(model$residuals), length(model$coefficients))
  model$call$weights <- NULL
  attr(model$terms, "offset") <- NULL
  model
}

explain_terms <- function(model, table, known) {
  total <- as.vector(switch(known, lm = ask(model, table), coxph = ask(model, table, type = "lp"),
    ask(model, table, type = "link")))
  terms <- ask(if (known == "coxph") without_data(model) else model, table, type = "terms")
  constant <- if (known == "coxph") 0 else attr(terms, "constant")
  if (is.null(constant)) constant <- 0
  terms <- matrix(terms, nrow(table), dimnames = list(NULL, colnames(terms)))
  rest <- total - constant - rowSums(terms)
  # An offset is a part of the sum that predict() does not name.
  has_offset <- !is.null(attr(stats::terms(model), "offset")) || !is.null(model$call$offset)
  if (has_offset) terms <- cbind(terms, `(offset)` = rest)
  else if (any(abs(rest) > 1e-8 * pmax(1, abs(total)), na.rm = TRUE))
    stop("the terms do not add up to what the model says, so they are not given")
  columns <- stats::setNames(lapply(seq_len(ncol(terms)), function(place) terms[, place]),
    paste0("term:", colnames(terms)))
  c(list(baseline = rep(as.vector(constant), nrow(table)), total = total), columns)
}
