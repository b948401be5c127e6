namespace TandemFetch.Sandbox.Nightscout.Access;

/// <summary>The built-in roles. None of them can create entries.</summary>
internal static class Roles
{
    private static readonly Dictionary<string, string[]> BuiltIn = new(StringComparer.Ordinal)
    {
        ["admin"] = ["*"],
        ["denied"] = [],
        ["status-only"] = ["api:status:read"],
        ["readable"] = ["*:*:read"],
        ["careportal"] = ["api:treatments:create"],
        ["devicestatus-upload"] = ["api:devicestatus:create"],
        ["activity"] = ["api:activity:create"],
    };

    /// <summary>The permissions of a role; none if there is no such role.</summary>
    public static IReadOnlyList<string> PermissionsOf(string role) => BuiltIn.GetValueOrDefault(role, []);
}
