/** What each shell loads. It knows nothing of commands and options: it asks this program, with the words typed so far. */
export const SCRIPTS = {
  bash: String.raw`# Completion of refine-plan in bash. Load it from ~/.bashrc with:
#   source <(refine-plan completion bash)
_refine_plan() {
  local cur="${'$'}{COMP_WORDS[COMP_CWORD]}" kind='' line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $kind ]]; then
      kind=$line
    else
      COMPREPLY+=("$(printf '%q' "${'$'}{line%%$'\t'*}")")
    fi
  done < <(refine-plan __complete "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  case $kind in
    files | dirs)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "-${'$'}{kind:0:1}" -- "$cur")
      ;;
  esac
}
complete -F _refine_plan refine-plan
`,
  zsh: String.raw`#compdef refine-plan
# Completion of refine-plan in zsh. Load it from ~/.zshrc, after compinit, with:
#   source <(refine-plan completion zsh)
_refine_plan() {
  local -a lines described
  local line
  lines=("${'$'}{(@f)$(refine-plan __complete "${'$'}{(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  case $lines[1] in
    files) _files ;;
    dirs) _files -/ ;;
    words)
      for line in "${'$'}{(@)lines[2,-1]}"; do
        described+=("${'$'}{${'$'}{line%%$'\t'*}//:/\\:}:${'$'}{line#*$'\t'}")
      done
      _describe -V refine-plan described
      ;;
  esac
}
if [[ $funcstack[1] == _refine_plan ]]; then
  _refine_plan "$@"
else
  compdef _refine_plan refine-plan
fi
`,
  fish: String.raw`# Completion of refine-plan in fish. Load it once with:
#   refine-plan completion fish > ~/.config/fish/completions/refine-plan.fish
function __refine_plan_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (refine-plan __complete $typed[2..] "$current" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case dirs
            __fish_complete_directories "$current"
        case words
            test (count $lines) -gt 1; and printf '%s\n' $lines[2..]
    end
end
complete -c refine-plan -f -a '(__refine_plan_complete)'
`,
  powershell: String.raw`# Completion of refine-plan in PowerShell. Load it from your profile with:
#   refine-plan completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName refine-plan -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($wordToComplete -eq '') { $words = @('--new-word') + $words }
    $lines = @(refine-plan __complete @words 2>$null)
    if ($lines.Count -eq 0 -or $lines[0] -ne 'words') { return } # PowerShell offers files by itself
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $word, $help = $_ -split [char]9, 2
        if (-not $help) { $help = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $help)
    }
}
`,
} as const;
