namespace MaoApi.Shared;

/// <summary>The shared store did not answer, or refused.</summary>
internal sealed class SharedStoreException(string message, Exception? inner = null) : Exception(message, inner);
