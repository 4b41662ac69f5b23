# bash completion of coaia; made by: coaia completion bash
_coaia_data() {
  REPLY=
  case "$1" in
    'w') REPLY=$'fuse\nprompts';;
    'w fuse') REPLY=$'prompts';;
    'w fuse prompts') REPLY=$'get';;
    'w prompts') REPLY=$'get';;
    'c fuse prompts get'|'c prompts get'|'c fuse prompts') REPLY=$'1';;
    'o 1') REPLY=$'--type\n-t\n-te\n--labels\n--label\n--raw';;
    'v 1 --type'|'v 1 -t') REPLY=$'TEXT\nCHAT';;
    'v 1 --labels'|'v 1 --label') REPLY=$'@list\nproduction\nlatest';;
    'a 1 0') REPLY=$'@prompts';;
    'a 1 1'|'a 1 +') REPLY=$'@file';;
    'o g') REPLY=$'--help\n-h\n--version\n-V\n--json\n--quiet\n-q\n--yes\n-y\n--no-input\n--no-color\n--timeout\n--profile\n--env\n--debug';;
    'v g --timeout') REPLY=$'@text';;
    'v g --profile') REPLY=$'@text';;
    'v g --env') REPLY=$'@file';;
  esac
}

# The words typed so far, with what bash split at = and : put together again.
_coaia_join() {
  local index word glue=
  _coaia_words=()
  for ((index = 0; index <= COMP_CWORD; index++)); do
    word=${COMP_WORDS[index]}
    if [[ $word == [=:] || $word == := || -n $glue ]] && ((${#_coaia_words[@]} > 1)); then
      _coaia_words[${#_coaia_words[@]}-1]+=$word
      glue=; [[ $word == *[=:] ]] && glue=1
    else
      _coaia_words[${#_coaia_words[@]}]=$word
    fi
  done
}

# Fills _coaia_path, _coaia_id, _coaia_opt (an option that waits for its value) and _coaia_count (arguments).
_coaia_walk() {
  local word list= REPLY
  _coaia_path= _coaia_id= _coaia_opt= _coaia_count=0
  for word in "$@"; do
    if [[ -n $_coaia_opt && $word != -* ]]; then
      [[ -n $list ]] || _coaia_opt=
      continue
    fi
    _coaia_opt= list=
    case $word in
      --) continue ;;
      --*=*) continue ;;
      -*)
        _coaia_values "$word"
        [[ -n $REPLY ]] && _coaia_opt=$word
        [[ $REPLY == @list* ]] && list=1
        continue
        ;;
    esac
    if ((_coaia_count == 0)); then
      _coaia_data "w$_coaia_path $word"
      if [[ -z $REPLY ]]; then _coaia_data "c$_coaia_path $word"; fi
      if [[ -n $REPLY ]]; then
        _coaia_path="$_coaia_path $word"
        _coaia_data "c$_coaia_path"
        _coaia_id=$REPLY
        continue
      fi
    fi
    ((_coaia_count++))
  done
}

# Values of an option, its command's own or one of every command, in REPLY.
_coaia_values() {
  REPLY=
  [[ -n $_coaia_id ]] && _coaia_data "v $_coaia_id $1"
  [[ -n $REPLY ]] || _coaia_data "v g $1"
}

# Adds the lines of a row to COMPREPLY; names come from the program's cache, without the network.
_coaia_add() {
  local line kind=
  while IFS= read -r line; do
    case $line in
      '' | @list | @text) ;;
      @file)
        compopt -o filenames 2>/dev/null
        while IFS= read -r line; do COMPREPLY[${#COMPREPLY[@]}]=$line; done < <(compgen -f -- "$cur")
        ;;
      @*) kind=${line#@} ;;
      *) [[ $line == "$cur"* ]] && COMPREPLY[${#COMPREPLY[@]}]=$line ;;
    esac
  done <<<"$1"
  [[ -n $kind ]] || return
  while IFS= read -r line; do
    line=${line%%$'\t'*}
    [[ -n $line && $line == "$cur"* ]] || continue
    [[ -n $quoted ]] || printf -v line %q "$line"
    COMPREPLY[${#COMPREPLY[@]}]=$line
  done < <("$program" __complete "$kind" -- "${_coaia_before[@]}" 2>/dev/null)
}

_coaia() {
  local program=$1 cur quoted= index REPLY
  local -a _coaia_words _coaia_before
  local _coaia_path _coaia_id _coaia_opt _coaia_count
  COMPREPLY=()
  _coaia_join
  cur=${_coaia_words[${#_coaia_words[@]}-1]}
  _coaia_before=("${_coaia_words[@]:1:${#_coaia_words[@]}-2}")
  _coaia_walk "${_coaia_before[@]}"
  case $cur in
    [\"\']*) cur=${cur:1} quoted=1 ;;
  esac
  if [[ $cur == --*=* ]]; then
    _coaia_values "${cur%%=*}"
    cur=${cur#*=}
    _coaia_add "$REPLY"
  elif [[ -n $_coaia_opt && $cur != -* ]]; then
    _coaia_values "$_coaia_opt"
    _coaia_add "$REPLY"
  elif [[ $cur == -* ]]; then
    if [[ -n $_coaia_id ]]; then
      _coaia_data "o $_coaia_id"
      _coaia_add "$REPLY"
    fi
    _coaia_data 'o g'
    _coaia_add "$REPLY"
  else
    if ((_coaia_count == 0)); then
      _coaia_data "w$_coaia_path"
      _coaia_add "$REPLY"
    fi
    if [[ -n $_coaia_id ]]; then
      _coaia_data "a $_coaia_id $_coaia_count"
      [[ -n $REPLY ]] || _coaia_data "a $_coaia_id +"
      _coaia_add "$REPLY"
    fi
  fi
  # A value follows at once.
  [[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  # Readline replaces only what follows the last colon.
  if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then
    for index in "${!COMPREPLY[@]}"; do COMPREPLY[index]=${COMPREPLY[index]#"${cur%"${cur##*:}"}"}; done
  fi
}

complete -F _coaia coaia
