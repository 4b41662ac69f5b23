/**
 * What `coaia shell-init` and `coaia env hook` print: a function around the program, so that commands that speak
 * about this shell really change it, and loading on entering a folder. The scripts use nothing but their shell.
 */

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Finds the word behind `env`. Only lines that would change the shell are run for their output; everything else,
 * help and options for another form among it, goes to the program as it was typed.
 */
const POSIX_INIT = `coaia() {
  local word='' before='' action='' temp='' plain=''
  for word in "$@"; do
    case "$word" in
      --) break ;;
      --temp) temp=1 ;;
      -h | --help | --json | --export | --shell | --shell=* | --export-format*) plain=1 ;;
      -*) ;;
      *)
        case "$before" in
          env | environment) [ -n "$action" ] || action="$word" ;;
        esac
        before="$word"
        ;;
    esac
  done
  case "$action$temp$plain" in
    source | use | save | set1 | unset1)
      local lines
      lines="$(command coaia "$@" --shell SHELL)" || return
      eval "$lines"
      ;;
    *) command coaia "$@" ;;
  esac
}
`;

const FISH_INIT = `function coaia
    set -l before ''
    set -l action ''
    set -l temp ''
    set -l plain ''
    for word in $argv
        switch $word
            case --
                break
            case --temp
                set temp 1
            case -h --help --json --export --shell '--shell=*' '--export-format*'
                set plain 1
            case '-*'
            case '*'
                if contains -- $before env environment; and test -z "$action"
                    set action $word
                end
                set before $word
        end
    end
    if contains -- $action$temp$plain source use save set1 unset1
        set -l lines (command coaia $argv --shell fish)
        set -l code $status
        test $code -eq 0; and string join \\n -- $lines | source
        return $code
    end
    command coaia $argv
end
`;

const POWERSHELL_INIT = `function coaia {
  $program = (Get-Command coaia -CommandType Application | Select-Object -First 1).Source
  $before = ''; $action = ''; $temp = ''; $plain = ''
  foreach ($word in $args) {
    if ($word -ceq '--') { break }
    elseif ($word -ceq '--temp') { $temp = '1' }
    elseif ($word -cmatch '^(-h|--help|--json|--export|--shell(=.*)?|--export-format.*)$') { $plain = '1' }
    elseif ($word -like '-*') { }
    else {
      if ($before -cin 'env', 'environment' -and $action -eq '') { $action = $word }
      $before = $word
    }
  }
  if ("$action$temp$plain" -cin 'source', 'use', 'save', 'set1', 'unset1') {
    $lines = & $program @args --shell powershell | Out-String
    if ($LASTEXITCODE -eq 0 -and $lines.Trim() -ne '') { Invoke-Expression $lines }
  } else { & $program @args }
}
`;

/** The function around the program. */
export function renderInit(shell: Shell): string {
  if (shell === 'fish') return FISH_INIT;
  return shell === 'powershell' ? POWERSHELL_INIT : POSIX_INIT.replaceAll('SHELL', shell);
}

/** A folder is looked at once, when the shell enters it; the program runs only where there is something to do. */
const BASH_HOOK = `_coaia_env_hook() {
  local code=$? lines
  if [ "$PWD" != "\${_COAIA_ENV_FOLDER-}" ]; then
    _COAIA_ENV_FOLDER="$PWD"
    if [ -n "\${COAIA_ENV_LOADED-}" ] || [ -e .coaia-env ] || [ -e .coaia-env.age ]; then
      lines="$(command coaia env reload --shell bash)" && eval "$lines"
    fi
  fi
  return "$code"
}
case ";\${PROMPT_COMMAND-};" in
  *";_coaia_env_hook;"*) ;;
  *) PROMPT_COMMAND="_coaia_env_hook\${PROMPT_COMMAND:+;$PROMPT_COMMAND}" ;;
esac
`;

const ZSH_HOOK = `_coaia_env_hook() {
  local lines
  if [[ -n "\${COAIA_ENV_LOADED-}" || -e .coaia-env || -e .coaia-env.age ]]; then
    lines="$(command coaia env reload --shell zsh)" && eval "$lines"
  fi
}
autoload -Uz add-zsh-hook
add-zsh-hook chpwd _coaia_env_hook
_coaia_env_hook
`;

const FISH_HOOK = `function _coaia_env_hook --on-variable PWD
    if test -n "$COAIA_ENV_LOADED"; or test -e .coaia-env; or test -e .coaia-env.age
        command coaia env reload --shell fish | source
    end
end
_coaia_env_hook
`;

const POWERSHELL_HOOK = `$global:CoaiaPrompt = $function:prompt
function prompt {
  if ("$PWD" -ne $global:CoaiaFolder) {
    $global:CoaiaFolder = "$PWD"
    if ($env:COAIA_ENV_LOADED -or (Test-Path .coaia-env) -or (Test-Path .coaia-env.age)) {
      $program = (Get-Command coaia -CommandType Application | Select-Object -First 1).Source
      $lines = & $program env reload --shell powershell | Out-String
      if ($LASTEXITCODE -eq 0 -and $lines.Trim() -ne '') { Invoke-Expression $lines }
    }
  }
  & $global:CoaiaPrompt
}
`;

const HOOKS: Readonly<Record<Shell, string>> = {
  bash: BASH_HOOK,
  zsh: ZSH_HOOK,
  fish: FISH_HOOK,
  powershell: POWERSHELL_HOOK,
};

/** Loading on entering a folder. */
export function renderHook(shell: Shell): string {
  return HOOKS[shell];
}
