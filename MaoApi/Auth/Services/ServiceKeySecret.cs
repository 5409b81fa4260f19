namespace MaoApi.Auth.Services;

/// <summary>A key with its secret in plain, as it is told once and as it stands in the file of an engine.</summary>
internal sealed record ServiceKeySecret(string KeyId, string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"service key {KeyId}";
}
