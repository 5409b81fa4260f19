namespace MaoApi.Secrets;

/// <summary>The account data of brokers, encrypted for its account (<c>accounts.accountdata</c>).</summary>
internal sealed class AccountSecrets(SecretBox box)
{
    /// <summary>Encrypts account data.</summary>
    /// <param name="accountId">The account the data opens for; the stored value opens for no other.</param>
    /// <param name="json">The account data in plain.</param>
    /// <returns>What is stored.</returns>
    public string Protect(string accountId, string json) => box.Seal(Owner(accountId), json);

    /// <summary>Decrypts account data.</summary>
    /// <returns>The account data in plain; never logged, never answered but to the account's own engine.</returns>
    /// <exception cref="SecretUnreadableException">It was stored for another account, or its key is gone.</exception>
    public string Reveal(string accountId, string stored) => box.Open(Owner(accountId), stored);

    internal static string Owner(string accountId) => "account/" + accountId;
}
