using System.Runtime.InteropServices;

namespace TinyQuant.Sizing.Publishing;

/// <summary>What a program is published for.</summary>
/// <param name="Rid">The runtime identifier.</param>
/// <param name="UsesLld">Whether LLVM's linker is there. Segments that it links follow each other in the file; other
/// linkers begin each on a page, and files grow by pages.</param>
/// <param name="Missing">What NativeAOT needs and is not there.</param>
public sealed record Target(string Rid, bool UsesLld, IReadOnlyList<string> Missing)
{
    private const string X64 = "linux-x64";
    private const string Arm64 = "linux-arm64";

    /// <summary>The runtime identifiers that can be measured.</summary>
    public static IReadOnlyList<string> Rids { get; } = [X64, Arm64];

    /// <summary>Looks for the tools that NativeAOT needs for it on this machine.</summary>
    public static Target Find(string rid)
    {
        string host = !OperatingSystem.IsLinux() ? ""
            : RuntimeInformation.OSArchitecture == Architecture.Arm64 ? Arm64
            : RuntimeInformation.OSArchitecture == Architecture.X64 ? X64 : "";
        string[] directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Find(rid, host, tool => directories.Any(d => File.Exists(Path.Combine(d, tool))));
    }

    /// <summary>The same for any machine.</summary>
    /// <param name="rid">What to publish for.</param>
    /// <param name="host">The machine's own runtime identifier; empty where it is no Linux.</param>
    /// <param name="has">Whether it has a tool.</param>
    internal static Target Find(string rid, string host, Func<string, bool> has)
    {
        const string lld = "ld.lld";
        if (host.Length == 0)
        {
            return new Target(rid, false, ["Linux"]);
        }

        if (rid == host)
        {
            return new Target(rid, has(lld), has("clang") || has("gcc") ? [] : ["clang"]);
        }

        string libraries = rid == Arm64 ? "aarch64-linux-gnu-gcc" : "x86_64-linux-gnu-gcc";
        return new Target(
            rid, has(lld), [.. new[] { "clang", lld, "llvm-objcopy", libraries }.Where(tool => !has(tool))]);
    }
}
