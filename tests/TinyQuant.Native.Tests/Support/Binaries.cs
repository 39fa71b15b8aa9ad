using System.Runtime.InteropServices;
using TinyQuant.Tests;

namespace TinyQuant.Native.Tests.Support;

/// <summary>The native programs, published before the tests: ./test.sh does so.</summary>
internal static class Binaries
{
    public const string Arm64 = "linux-arm64";
    public const string Emulator = "qemu-aarch64-static";

    private const string CrossLibraries = "/usr/aarch64-linux-gnu";

    public static string HostRid { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => Arm64,
        _ => "linux-x64",
    };

    public static string HostNano { get; } = Nano(HostRid);

    /// <summary>The compiler's map of the program that was published last.</summary>
    public static string HostNanoMap { get; } = Repository.File(
        "artifacts", "obj", "Nano", "release_" + HostRid, "native", "nano.map.xml");

    /// <summary>The program without a model.</summary>
    public static string HostNanoWithoutModels { get; } = Repository.File("artifacts", "size", HostRid, "none", "nano");

    public static string Arm64UnitCheck { get; } = Repository.File(
        "artifacts", "publish-unitcheck", Arm64, "TinyQuant.UnitCheck");

    /// <summary>The program with the golden models, as the JIT runs it.</summary>
    public static string GoldenCheckAssembly { get; } = Repository.File(
        "artifacts", "goldencheck", "jit", "TinyQuant.GoldenCheck.dll");

    /// <summary>The same ahead of time.</summary>
    public static string GoldenCheck(string rid) =>
        Repository.File("artifacts", "goldencheck", rid, "TinyQuant.GoldenCheck");

    public static string Nano(string rid) => Repository.File("artifacts", "publish", rid, "nano");

    /// <summary>Why a test that needs the file is skipped; null where it is there.</summary>
    public static string? MissingReason(string path) =>
        File.Exists(path) ? null : $"There is no {path}; ./test.sh publishes it.";

    /// <summary>The path of a program by its name; null where it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs the emulator is skipped; null where it is there.</summary>
    public static string? MissingEmulatorReason() =>
        Find(Emulator) is null ? $"There is no {Emulator}; install qemu-user-static."
        : !Directory.Exists(CrossLibraries) ? $"There is no {CrossLibraries}; install gcc-aarch64-linux-gnu."
        : null;

    /// <summary>Runs an arm64 program as on one processor.</summary>
    public static Task<ProcessRun> EmulateAsync(string cpu, string program, params string[] arguments) =>
        ProcessRun.RunAsync(Emulator, ["-cpu", cpu, "-L", CrossLibraries, program, .. arguments]);
}
