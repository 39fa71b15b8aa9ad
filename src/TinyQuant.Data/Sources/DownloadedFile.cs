namespace TinyQuant.Data;

/// <summary>A file as a mirror sent it, and its verified content.</summary>
internal sealed record DownloadedFile(Uri Address, byte[] Bytes, IdxContent Content);
