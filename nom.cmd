@rem The command nom of this clone, from any folder: sets itself up the first time.
@if not defined TONEARM_COMMAND set "TONEARM_COMMAND=%~0"
@node "%~dp0build\nom.mjs" %*
