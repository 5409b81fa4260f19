using System.Net;

namespace MaoApi.Pods.Docker;

/// <summary>An account's network: 16 addresses, of which the first is Docker's own, the second the engine's, the upper half its guests'.</summary>
/// <param name="Id">Docker's id.</param>
/// <param name="Name">The account's name for it.</param>
/// <param name="Gateway">This machine in the network.</param>
/// <param name="Engine">The engine, the same after every restart.</param>
/// <param name="Members">Ids of the containers in it.</param>
internal sealed record DockerNetwork(string Id, string Name, IPAddress Gateway, IPAddress Engine, IReadOnlySet<string> Members)
{
    public const int PrefixLength = 28;
    public const int Size = 1 << (32 - PrefixLength);

    /// <summary>The parts of a pool nobody's network lies in, in order.</summary>
    public static IEnumerable<IPNetwork> Free(IPNetwork pool, IReadOnlyList<IPNetwork> taken)
    {
        for (var index = 0L; index < 1L << (PrefixLength - pool.PrefixLength); index++)
        {
            var subnet = new IPNetwork(At(pool.BaseAddress, index * Size), PrefixLength);
            if (!taken.Any(other => other.Contains(subnet.BaseAddress) || subnet.Contains(other.BaseAddress)))
            {
                yield return subnet;
            }
        }
    }

    /// <summary>The address so many places behind another.</summary>
    public static IPAddress At(IPAddress address, long offset)
    {
        var bytes = address.GetAddressBytes();
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes) + (uint)offset;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new IPAddress(bytes);
    }
}
