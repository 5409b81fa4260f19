namespace MaoApi.Auth;

/// <summary>A request that concerns one account.</summary>
internal interface IAccountRequest
{
    /// <summary>May be left out where the user has exactly one account.</summary>
    string? AccountId { get; }

    /// <summary>What the request wants to do with the account.</summary>
    AccountLevel RequiredLevel();
}
