import React from 'react';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import {useDoc} from '@docusaurus/plugin-content-docs/client';
import Footer from '@theme-original/DocItem/Footer';

// Under each page the same page for programs.
export default function DocItemFooter(props) {
  const {permalink} = useDoc().metadata;
  const {baseUrl} = useDocusaurusContext().siteConfig;
  const twin = permalink === baseUrl ? `${baseUrl}index` : permalink.replace(/\/$/, '');
  return (
    <>
      <Footer {...props} />
      <p className="pageTwins">
        This page as <a href={`${twin}.md`}>Markdown</a> or <a href={`${twin}.json`}>JSON</a>
      </p>
    </>
  );
}
