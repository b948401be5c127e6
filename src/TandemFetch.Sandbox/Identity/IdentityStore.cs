using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace TandemFetch.Sandbox.Identity;

/// <summary>Sessions, codes, tokens and the lock of the account, in memory. Safe to use from several threads.</summary>
public sealed class IdentityStore
{
    private readonly Lock _gate = new();
    private readonly SandboxOptions _options;
    private readonly HashSet<string> _sessions = [];
    private readonly Dictionary<string, AuthorizationGrant> _codes = [];
    private readonly Dictionary<string, DateTimeOffset> _tokens = [];
    private int _rejections;
    private bool _locked;

    internal IdentityStore(SandboxOptions options)
    {
        _options = options;
        AccessTokenLifetime = options.AccessTokenLifetime;
    }

    /// <summary>How long tokens issued from now on are good.</summary>
    public TimeSpan AccessTokenLifetime { get; set; }

    /// <summary>
    /// By how much the server's clock is ahead of real time, which simulates a wrong clock on the client's machine.
    /// </summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>What is wrong with id tokens issued from now on.</summary>
    public IdTokenFlaw IdTokenFlaw { get; set; }

    /// <summary>Whether the account is locked.</summary>
    public bool IsLocked
    {
        get
        {
            lock (_gate)
            {
                return _locked;
            }
        }
    }

    /// <summary>Now, by the server's clock.</summary>
    internal DateTimeOffset Now => _options.TimeProvider.GetUtcNow() + ClockSkew;

    /// <summary>Every access token is rejected from now on.</summary>
    public void RevokeTokens()
    {
        lock (_gate)
        {
            _tokens.Clear();
        }
    }

    /// <summary>Locks the account, as too many rejected passwords do.</summary>
    public void Lock()
    {
        lock (_gate)
        {
            _locked = true;
        }
    }

    /// <summary>Unlocks the account.</summary>
    public void Unlock()
    {
        lock (_gate)
        {
            (_locked, _rejections) = (false, 0);
        }
    }

    internal SignInOutcome SignIn(string? email, string? password, out string session)
    {
        session = Secret();
        lock (_gate)
        {
            if (_locked)
            {
                return SignInOutcome.Locked;
            }

            if (!string.Equals(email, SandboxOptions.Email, StringComparison.OrdinalIgnoreCase) || password != SandboxOptions.Password)
            {
                return Reject();
            }

            _rejections = 0;
            _sessions.Add(session);
            return SignInOutcome.Success;
        }
    }

    internal SignInOutcome Reject()
    {
        lock (_gate)
        {
            _locked |= ++_rejections >= _options.LockAfter;
            return SignInOutcome.Rejected;
        }
    }

    internal bool IsSession(string? cookie)
    {
        lock (_gate)
        {
            return cookie is not null && _sessions.Contains(cookie);
        }
    }

    internal string Grant(AuthorizationGrant grant)
    {
        var code = Secret();
        lock (_gate)
        {
            _codes.Add(code, grant);
        }

        return code;
    }

    /// <summary>What the code was issued for; valid only once, and not after its time.</summary>
    internal AuthorizationGrant? Redeem(string code)
    {
        lock (_gate)
        {
            return _codes.Remove(code, out var grant) && grant.ExpiresAt > Now ? grant : null;
        }
    }

    internal string IssueAccessToken()
    {
        var token = "sbx." + Secret();
        lock (_gate)
        {
            _tokens.Add(token, Now + AccessTokenLifetime);
        }

        return token;
    }

    internal bool IsTokenGood(string token)
    {
        lock (_gate)
        {
            return _tokens.TryGetValue(token, out var expires) && expires > Now;
        }
    }

    private static string Secret() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}
