import { AppError } from '../../../rpc';

interface ScriptValues {
  readonly url: string;
  readonly token: string;
}

/**
 * A script that posts every variable which Lidarr gives a script. Throws `invalid_input` for an address with characters
 * that a shell may misread: all but those that an address needs. PowerShell takes ’ and ‛ for quotes as well.
 */
export function scriptFor(shell: 'sh' | 'powershell', { url, token }: ScriptValues): { name: string; text: string } {
  if (!/^[\w.~:/?#[\]@!&()*+,;=%-]+$/.test(url))
    throw new AppError('invalid_input', 'The address holds characters that a shell would misread.');
  const filled = (template: string) => template.replace('@URL@', `${url}?format=env`).replace('@TOKEN@', token);
  return shell === 'sh'
    ? { name: 'tonearm.sh', text: filled(SH) }
    : { name: 'tonearm.ps1', text: filled(POWERSHELL).replaceAll('\n', '\r\n') };
}

/**
 * Only awk can read the environment without a shell taking its values apart, and is in every container. Lidarr
 * waits for the end of its scripts and takes another exit code than 0 for a failed test.
 */
const SH = String.raw`#!/bin/sh
# Reports to Tonearm what Lidarr does. Put this file where Lidarr can see it, make it executable (chmod +x tonearm.sh) and
# choose it in Lidarr under Settings, Connect, Custom Script. It holds a secret: keep it to yourself.
url='@URL@'
token='@TOKEN@'

json=$(LC_ALL=C awk '
  function quoted(text,    at, char, whole) {
    for (at = 1; at <= length(text); at++) {
      char = substr(text, at, 1)
      whole = whole (char in escaped ? escaped[char] : char)
    }
    return "\"" whole "\""
  }
  BEGIN {
    for (code = 1; code < 32; code++) escaped[sprintf("%c", code)] = sprintf("\\u%04x", code)
    escaped["\\"] = "\\\\"
    escaped["\""] = "\\\""
    for (name in ENVIRON)
      if (tolower(name) ~ /^lidarr_/) {
        printf "%s%s:%s", (count++ ? "," : "{"), quoted(tolower(name)), quoted(ENVIRON[name])
      }
    print (count ? "}" : "{}")
  }')

if command -v curl >/dev/null 2>&1; then
  printf '%s' "$json" | curl -sS -f --connect-timeout 3 --max-time 10 -o /dev/null \
    -H 'Content-Type: application/json' -H "X-Webhook-Token: $token" --data-binary @- "$url" ||
    echo "Tonearm did not answer at $url. It reads in Lidarr's history later what it missed." >&2
else
  wget -q -T 10 -O /dev/null --header 'Content-Type: application/json' --header "X-Webhook-Token: $token" \
    --post-data "$json" "$url" ||
    echo "Tonearm did not answer at $url. It reads in Lidarr's history later what it missed." >&2
fi
exit 0
`;

const POWERSHELL = `# Reports to Tonearm what Lidarr does. Choose it in Lidarr under Settings, Connect, Custom Script, by way of a .cmd file with
#   @powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0tonearm.ps1"
# It holds a secret: keep it to yourself.
$url = '@URL@'
$token = '@TOKEN@'

$variables = @{}
Get-ChildItem Env: | Where-Object { $_.Name -like 'lidarr_*' } | ForEach-Object {
  $variables[$_.Name.ToLowerInvariant()] = [string]$_.Value
}
$body = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $variables -Compress))
try {
  Invoke-RestMethod -Method Post -Uri $url -Headers @{ 'X-Webhook-Token' = $token } -ContentType 'application/json; charset=utf-8' -Body $body -TimeoutSec 10 | Out-Null
} catch {
  Write-Warning "Tonearm did not answer at $url. It reads in Lidarr's history later what it missed."
}
exit 0
`;
