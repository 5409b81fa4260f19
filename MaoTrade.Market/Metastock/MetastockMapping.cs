using System.IO.MemoryMappedFiles;

namespace MaoTrade.Market.Metastock;

/// <summary>
/// A file in the address space: the system brings in what is touched. Each use holds the mapping, so that it cannot be
/// taken away by a disposal in the midst of one.
/// </summary>
internal sealed class MetastockMapping : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps the first bytes of a file that has as many.</summary>
    public MetastockMapping(FileStream file, int bytes)
    {
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.Read);
        Length = bytes;
    }

    public delegate TResult Use<in TArgument, out TResult>(ReadOnlySpan<byte> bytes, TArgument argument)
        where TArgument : allows ref struct;

    public int Length { get; }

    /// <summary>Lets a function see the bytes. <see cref="ObjectDisposedException"/> when the mapping is gone.</summary>
    public unsafe TResult Read<TArgument, TResult>(TArgument argument, Use<TArgument, TResult> use)
        where TArgument : allows ref struct
    {
        byte* bytes = null;
        var handle = _view.SafeMemoryMappedViewHandle;
        handle.AcquirePointer(ref bytes);
        try
        {
            return use(new ReadOnlySpan<byte>(bytes + _view.PointerOffset, Length), argument);
        }
        finally
        {
            handle.ReleasePointer();
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
