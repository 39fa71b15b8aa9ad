using System.Net;

namespace TinyQuant.Data.Tests;

public sealed class DownloadTests : IDisposable
{
    private static readonly string[] s_whole =
    [
        "cache/mnist/t10k-images-idx3-ubyte.gz",
        "cache/mnist/t10k-labels-idx1-ubyte.gz",
        "cache/mnist/train-images-idx3-ubyte.gz",
        "cache/mnist/train-labels-idx1-ubyte.gz",
    ];

    private readonly Sandbox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task Four_files_are_fetched_once_and_kept()
    {
        _box.Http.Serve(_box.Mnist);
        await _box.LoadAsync("mnist");
        Assert.Equal("cache ", (await _box.LoadAsync("mnist")).Data.Source[..6]);

        Assert.Equal(s_whole, _box.Temp.Files());
        Assert.Equal(
            _box.Mnist.Known.Files.Select(file => $"https://one.example/m/{file.CompressedName}"), _box.Http.Requests);
    }

    [Fact]
    public async Task A_mirror_with_a_wrong_file_gives_way_to_the_next()
    {
        _box.Http.Serve(
            _box.Mnist,
            (address, bytes) => address.ToString() == "https://one.example/m/t10k-images-idx3-ubyte.gz"
                ? TinySet.Gzip(TinySet.Images(3, 55))
                : bytes);

        DataSetLoadResult result = await _box.LoadAsync("mnist");

        Assert.Equal(
            $"downloaded from one.example and two.example into {_box.Temp["cache/mnist"]}", result.Data.Source);
        Assert.Equal(s_whole, _box.Temp.Files());
    }

    [Fact]
    public async Task Wrong_files_everywhere_are_an_error_and_are_not_kept()
    {
        _box.Http.Serve(_box.Mnist, (_, _) => TinySet.Gzip(TinySet.Images(6, 55)));

        string message = await AssertUnavailableAsync();

        Assert.Contains(
            "https://one.example/m/train-images-idx3-ubyte.gz: the SHA-256 of its content is ",
            message,
            StringComparison.Ordinal);
        Assert.Contains($", expected {_box.Mnist.Known.TrainImages.Sha256}; ", message, StringComparison.Ordinal);
        Assert.Empty(_box.Temp.Files());
    }

    [Fact]
    public async Task A_truncated_transfer_is_tried_again()
    {
        int left = 2;
        _box.Http.Serve(_box.Mnist, (_, bytes) => left-- > 0 ? bytes[..20] : bytes);

        await _box.LoadAsync("mnist");

        Assert.Equal(s_whole, _box.Temp.Files());
        Assert.Equal(6, _box.Http.Requests.Count);
    }

    [Fact]
    public async Task A_mirror_that_times_out_is_left_and_tried_again_later()
    {
        TimeOut(times: 2, new TaskCanceledException());

        await _box.LoadAsync("mnist");

        Assert.Equal(["one", "two", "one"], AskedMirrors()[..3]);
        Assert.Equal(s_whole, _box.Temp.Files());
    }

    [Fact]
    public async Task A_mirror_that_does_not_connect_in_time_is_not_asked_again()
    {
        TimeOut(times: 2, new TaskCanceledException("", new TimeoutException()));

        Assert.Contains(": no connection in time", await AssertUnavailableAsync(), StringComparison.Ordinal);
        Assert.Equal(["one", "two"], AskedMirrors());
    }

    [Fact]
    public async Task Mirrors_that_stay_silent_are_given_up()
    {
        _box.Options = _box.Options with { StallTimeout = TimeSpan.FromMilliseconds(1) };
        _box.Http.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return FakeMirrors.Ok([]);
        };

        Assert.Contains(": no answer in time", await AssertUnavailableAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_network_each_mirror_is_asked_once()
    {
        string message = await AssertUnavailableAsync();

        Assert.Equal(2, _box.Http.Requests.Count);
        Assert.Equal(
            $"MNIST is not in {_box.Temp["cache/mnist"]} and cannot be fetched: "
            + "https://one.example/m/train-images-idx3-ubyte.gz: no such host; "
            + "https://two.example/m/train-images-idx3-ubyte.gz: no such host. Put train-images-idx3-ubyte, "
            + "train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (each plain or .gz) into a "
            + "directory and name it with --data or TINYQUANT_DATA.",
            message);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, 2)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 4)]
    public async Task An_error_of_the_server_is_told(HttpStatusCode status, int requests)
    {
        _box.Http.Answer = (_, _) => Task.FromResult(new HttpResponseMessage(status));

        Assert.Contains($"{(int)status}", await AssertUnavailableAsync(), StringComparison.Ordinal);
        Assert.Equal(requests, _box.Http.Requests.Count);
    }

    [Fact]
    public async Task An_endless_file_is_cut_off()
    {
        _box.Http.Answer = (_, _) => Task.FromResult(FakeMirrors.Ok(new byte[1_000_000]));

        Assert.Contains("longer than 65672 bytes", await AssertUnavailableAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_leaves_whole_files_only_and_the_next_run_goes_on()
    {
        using var source = new CancellationTokenSource();
        _box.Http.Serve(_box.Mnist, (address, bytes) =>
        {
            if (address.AbsolutePath.Contains("t10k-images", StringComparison.Ordinal))
            {
                source.Cancel();
            }

            return bytes;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => DataSetLoader.LoadAsync("mnist", _box.Options, null, source.Token));
        Assert.Equal(
            ["cache/mnist/train-images-idx3-ubyte.gz", "cache/mnist/train-labels-idx1-ubyte.gz"], _box.Temp.Files());

        _box.Http.Requests.Clear();
        _box.Http.Serve(_box.Mnist);
        await _box.LoadAsync("mnist");
        Assert.Equal(2, _box.Http.Requests.Count);
    }

    [Fact]
    public async Task A_damaged_file_in_the_cache_is_noted_and_replaced()
    {
        _box.Mnist.WriteTo(_box.Temp["cache/mnist"]);
        string damaged = Path.Combine(_box.Temp["cache/mnist"], "t10k-labels-idx1-ubyte.gz");
        File.WriteAllBytes(damaged, [1, 2, 3]);
        _box.Http.Serve(_box.Mnist);

        DataSetLoadResult result = await _box.LoadAsync("mnist");

        Assert.Equal(
            $"Not used, to be fetched again: {damaged}: truncated, 3 bytes of its 8-byte head.",
            Assert.Single(result.Notes));
        Assert.Equal(["https://one.example/m/t10k-labels-idx1-ubyte.gz"], _box.Http.Requests);
        Assert.Empty((await _box.LoadAsync("mnist")).Notes);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_only_noted()
    {
        File.WriteAllText(_box.Temp["cache"], "a file in the place of the directory");
        _box.Http.Serve(_box.Mnist);

        DataSetLoadResult result = await _box.LoadAsync("mnist");

        Assert.Equal(3, result.Data.Test.Count);
        Assert.Equal(4, result.Notes.Length);
        Assert.StartsWith("Not kept for the next time: ", result.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_network_is_left_alone_where_it_is_not_allowed()
    {
        _box.Options = _box.Options with { AllowNetwork = false };

        Assert.Contains("the network is not to be used", await AssertUnavailableAsync(), StringComparison.Ordinal);
        Assert.Empty(_box.Http.Requests);
    }

    private void TimeOut(int times, Exception exception)
    {
        _box.Http.Serve(_box.Mnist);
        Func<Uri, CancellationToken, Task<HttpResponseMessage>> serve = _box.Http.Answer;
        _box.Http.Answer = (address, token) => times-- > 0 ? throw exception : serve(address, token);
    }

    private string[] AskedMirrors() =>
        [.. _box.Http.Requests.Select(address =>
            new Uri(address).Host.Replace(".example", "", StringComparison.Ordinal))];

    private async Task<string> AssertUnavailableAsync() =>
        (await Assert.ThrowsAsync<DataSetUnavailableException>(() => _box.LoadAsync("mnist"))).Message;
}
