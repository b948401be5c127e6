# A process can load one version of the module's assembly. This comes before the type data, because a second version of
# them fails with an error for every type. It is a command, because PowerShell compiles any expression of a script, which
# takes as long as the rest of the import.
Assert-TandemImport $PSScriptRoot
