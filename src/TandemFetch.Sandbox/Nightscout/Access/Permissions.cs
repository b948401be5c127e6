namespace TandemFetch.Sandbox.Nightscout.Access;

/// <summary>Permissions of one role as in Apache Shiro: parts between colons, each a list or <c>*</c>.</summary>
internal sealed class Permissions(IEnumerable<string> granted)
{
    private readonly string[][][] _granted =
        [.. granted.Select(g => g.Split(':').Select(part => part.Split(',')).ToArray())];

    /// <summary>Whether a permission is granted. A <c>*</c> that is asked for is met by <c>*</c> alone.</summary>
    public bool Allow(string permission)
    {
        var asked = permission.Split(':');
        return _granted.Any(grant => Implies(grant, asked));
    }

    private static bool Implies(string[][] grant, string[] asked)
    {
        for (var i = 0; i < grant.Length; i++)
        {
            var any = grant[i].Contains("*");
            if (i >= asked.Length ? !any : !any && !grant[i].Contains(asked[i]))
            {
                return false;
            }
        }

        return true;
    }
}
