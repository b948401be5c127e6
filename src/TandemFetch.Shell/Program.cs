Console.WriteLine("TandemFetch.Shell");
