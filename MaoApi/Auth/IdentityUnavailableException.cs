namespace MaoApi.Auth;

/// <summary>Whoever vouches for tokens cannot be asked now. It says nothing about the token: that is neither believed nor refused.</summary>
internal sealed class IdentityUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
