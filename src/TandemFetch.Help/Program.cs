using TandemFetch.Help;

// The build runs this. It writes the help that PowerShell reads, from the pages of docs/en-US and the comments in an empty database.
if (args is not [var pages, var engine, var output])
{
    Console.Error.WriteLine("Usage: TandemFetch.Help <folder of the Markdown pages> <path of TandemFetch.Engine.dll> <folder to write to>");
    return 2;
}

EngineFolder.LoadFrom(engine);
await HelpFolder.WriteAsync(pages, output).ConfigureAwait(false);
return 0;
