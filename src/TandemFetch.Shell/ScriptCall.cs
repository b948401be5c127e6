using System.Management.Automation;

namespace TandemFetch.Shell;

/// <summary>What to run: a text, or a script file with arguments.</summary>
internal sealed class ScriptCall
{
    private readonly Action<PowerShell> _add;

    private ScriptCall(Action<PowerShell> add) => _add = add;

    /// <summary>A text, as typed at a prompt.</summary>
    public static ScriptCall OfText(string text) => new(shell => shell.AddScript(text, useLocalScope: false));

    /// <summary>A script file, followed by its arguments as typed at a prompt.</summary>
    /// <exception cref="FileNotFoundException">There is no such script.</exception>
    public static ScriptCall OfFile(IReadOnlyList<string> words)
    {
        var path = Path.GetFullPath(words[0]);
        return File.Exists(path)
            ? new ScriptCall(shell => AddFile(shell, path, words.Skip(1).ToList()))
            : throw new FileNotFoundException($"There is no script '{path}'.");
    }

    /// <summary>Makes this the next command of a pipeline.</summary>
    public void AddTo(PowerShell shell) => _add(shell);

    // As pwsh -File reads them: -Name value, -Name:value, -Switch; all else by position.
    private static void AddFile(PowerShell shell, string path, List<string> words)
    {
        shell.AddCommand(path);
        for (var i = 0; i < words.Count; i++)
        {
            if (!IsName(words[i]))
            {
                shell.AddArgument(words[i]);
            }
            else if (words[i].Split(':', 2) is [var name, { Length: > 0 } value])
            {
                shell.AddParameter(name[1..], value);
            }
            else if (i + 1 < words.Count && !IsName(words[i + 1]))
            {
                shell.AddParameter(words[i].TrimEnd(':')[1..], words[++i]);
            }
            else
            {
                shell.AddParameter(words[i][1..]);
            }
        }
    }

    private static bool IsName(string word) => word is ['-', var first, ..] && char.IsLetter(first);
}
