# A process can load one version of the module's assembly. This comes before the type data, because a second version of
# them fails with an error for every type.
$loaded = [AppDomain]::CurrentDomain.GetAssemblies().Where(
    { $_.GetName().Name -eq 'TandemFetch' -and [IO.Path]::GetDirectoryName($_.Location) -ne $PSScriptRoot }, 'First')
if ($loaded) {
    throw "This session has already loaded TandemFetch from '$([IO.Path]::GetDirectoryName($loaded[0].Location))'. Start a new session to use the one in '$PSScriptRoot'."
}
