# A module of its own, so that it is loaded after the check for one version; in a folder of its own, because a package is
# named after the manifest beside its files.
@{
    ModuleVersion    = '1.0'
    GUID             = '0b0b8a36-6b0e-4f0c-8b58-2a8d3f6a7c15'
    Author           = 'The TandemFetch authors'
    Description      = 'The views and type data of TandemFetch.'
    TypesToProcess   = @('../TandemFetch.Types.ps1xml')
    FormatsToProcess = @('../TandemFetch.Format.ps1xml')
}
