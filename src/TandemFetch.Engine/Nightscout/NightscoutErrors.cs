using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Nightscout;

/// <summary>Error ids of uploads to Nightscout.</summary>
public static class NightscoutErrors
{
    /// <summary>There is no address of a site anywhere.</summary>
    public const string AddressMissing = "NightscoutAddressMissing";

    /// <summary>The address of the site cannot be used.</summary>
    public const string AddressInvalid = "NightscoutAddressInvalid";

    /// <summary>There is no API secret and no access token anywhere.</summary>
    public const string CredentialMissing = "NightscoutCredentialMissing";

    /// <summary>The API secret or access token cannot be one.</summary>
    public const string CredentialInvalid = "NightscoutCredentialInvalid";

    /// <summary>The site does not accept the API secret or access token. Never retried.</summary>
    public const string Unauthorized = "NightscoutUnauthorized";

    /// <summary>The role of the API secret or access token lacks a permission. Never retried.</summary>
    public const string PermissionMissing = "NightscoutPermissionMissing";

    /// <summary>The site redirected a request, which is not followed.</summary>
    public const string Redirected = "NightscoutRedirected";

    /// <summary>There was no connection to the site.</summary>
    public const string Unreachable = "NightscoutUnreachable";

    /// <summary>The site limited requests (429) and continued to do so.</summary>
    public const string RateLimited = "NightscoutRateLimited";

    /// <summary>The site responded with one failure after another.</summary>
    public const string Failed = "NightscoutFailed";

    /// <summary>The site rejected a request as invalid or too large, or does not know it.</summary>
    public const string Refused = "NightscoutRefused";

    /// <summary>A response is not what Nightscout sends.</summary>
    public const string ResponseMalformed = "NightscoutResponseMalformed";

    /// <summary>A run of the pipeline has not finished, so that rows are missing which the site has.</summary>
    public const string FileUnfinished = "NightscoutFileUnfinished";

    /// <summary>An object from the pipeline says nothing about when to upload.</summary>
    public const string InputInvalid = "NightscoutInputInvalid";

    /// <summary>Whether the next attempt may succeed although nobody changes anything.</summary>
    public static bool MayPass(string errorId) =>
        errorId is Unreachable or RateLimited or Failed or ResponseMalformed or FileUnfinished
            or DatabaseErrors.Locked;
}
