namespace MaoTrade.Protocol.Tls;

/// <summary>Names in the certificates of the wire: DNS names of the subject's alternatives. They name who it is, not where it runs.</summary>
public static class WireNames
{
    /// <summary>The gateway, whichever instance and role.</summary>
    public const string Gateway = "mao-gateway";

    /// <summary>The engine of an account.</summary>
    public static string Engine(string accountId) => "mt-" + accountId;
}
