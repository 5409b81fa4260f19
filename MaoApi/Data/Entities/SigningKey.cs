namespace MaoApi.Data.Entities;

/// <summary>A key the local issuer signs its tokens with (<c>mao_signing_keys</c>).</summary>
internal sealed class SigningKey
{
    public required string KeyId { get; set; }

    public required string Algorithm { get; set; }

    /// <summary>The encrypted private key.</summary>
    public required string Secret { get; set; }

    public DateTimeOffset Created { get; set; }

    /// <summary>When tokens signed with it end to be believed; null for the key in use.</summary>
    public DateTimeOffset? Expires { get; set; }
}
