using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace MaoApi.Limits;

/// <summary>Whose bucket it is.</summary>
internal enum RateOwner
{
    User,
    Service,
    Address,
}

/// <summary>Names one bucket; the same at every instance of the gateway.</summary>
internal readonly record struct RateKey(RateAction Action, RateOwner Owner, UInt128 Id)
{
    private const int NetworkBytes = 8;

    public static RateKey OfUser(int userKey) => new(RateAction.Any, RateOwner.User, (uint)userKey);

    public static RateKey OfService(string keyId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(keyId), hash);
        return new(RateAction.Any, RateOwner.Service, BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>An IPv6 caller is counted by its network of 64 bits: it has that many addresses for nothing.</summary>
    public static RateKey OfAddress(IPAddress? address)
    {
        if (address is null)
        {
            return new(RateAction.Anonymous, RateOwner.Address, 0);
        }

        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out _);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes[NetworkBytes..].Clear();
        }

        return new(RateAction.Anonymous, RateOwner.Address, BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The same owner's bucket of an action.</summary>
    public RateKey For(RateAction action) => this with { Action = action };
}
