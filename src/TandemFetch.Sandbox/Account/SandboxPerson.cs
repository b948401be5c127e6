namespace TandemFetch.Sandbox.Account;

/// <summary>The invented owner. The strings occur nowhere else, so that a test can search for leaks.</summary>
public static class SandboxPerson
{
    /// <summary>First name.</summary>
    public const string FirstName = "Zephyrina";

    /// <summary>Last name.</summary>
    public const string LastName = "Quillfeather";

    /// <summary>Both.</summary>
    public const string Name = FirstName + " " + LastName;

    /// <summary>Date of birth.</summary>
    public const string DateOfBirth = "1961-07-23";
}
