namespace MaoTrade.Protocol.Messages;

/// <summary>Members of a request that a wrong value can make unusable.</summary>
public enum RequestField
{
    /// <summary>All members are usable.</summary>
    None = 0,

    /// <summary><c>service</c> is missing or not a whole number.</summary>
    Service = 1,

    /// <summary><c>data</c> is not an object.</summary>
    Data = 2,

    /// <summary><c>id</c> is not a string of 1 to 64 characters.</summary>
    Id = 3,

    /// <summary><c>rid</c> is not a string of 1 to 128 bytes without control characters.</summary>
    RequestId = 4,

    /// <summary><c>ttlMs</c> is not a whole number from 100 to 60,000.</summary>
    TimeToLive = 5,
}
